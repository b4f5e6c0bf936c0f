"""Days as sentences write them."""

from visittally.messages import speaking
from visittally.words.written_days import written_span


def test_a_span_of_days_says_nothing_twice():
    with speaking("zh"):
        assert written_span("2026-03-01", "2026-03-27") == ("2026年3月1日", "27日")
        assert written_span("2026-03-01", "2026-04-02") == ("2026年3月1日", "4月2日")
        assert written_span("2025-12-30", "2026-01-02") == ("2025年12月30日", "2026年1月2日")
    assert written_span("2026-03-01", "2026-03-27") == ("1", "27 March 2026")
    assert written_span("2025-12-30", "2026-01-02") == ("30 December 2025", "2 January 2026")
    assert written_span("2026-03-01", "2026-03-01") == ("1 March 2026", "1 March 2026")
