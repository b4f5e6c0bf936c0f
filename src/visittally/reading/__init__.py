"""Files -> blocks of records; every record accounted for."""
