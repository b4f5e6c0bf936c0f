/* One pass over the bytes of delimited text. Included by _native.c once for each set of instructions.

   NAME(x)    the name of x in this copy
   TARGET     attributes of its functions
   COMPARE    loads 64 bytes at `at` into what EQUAL looks at
   EQUAL(c)   64 bits: which of these bytes are c

   No byte at or behind `size` counts, although up to 63 of them are loaded: the caller has made sure of them. */

TARGET static int NAME(find)(const uint8_t *text, int64_t size, int delimiter, int quote, int32_t *ends,
                             int32_t *doubled, int32_t *inner, struct found *found)
{
    const uint64_t delimited = delimiter < 0 ? 0 : ~UINT64_C(0);
    const uint64_t quoting = quote < 0 ? 0 : ~UINT64_C(0);
    const uint8_t delimiter_byte = (uint8_t)(delimiter < 0 ? '\n' : delimiter);
    const uint8_t quote_byte = (uint8_t)(quote < 0 ? '\n' : quote);
    /* What the byte before the 64 at hand was: carried from each 64 to the next. */
    uint64_t inside = 0, may_open = 1, closed = 0, returned = 0;
    int64_t count = 0, feeds = 0, doubles = 0, within = 0, last_quote = -1;
    int64_t at;

    found->bad = found->far = INT64_MAX;
    found->returns = 0;
    for (at = 0; at < size; at += 64) {
        const uint64_t valid = size - at >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << (size - at)) - 1;
        COMPARE(text + at);
        const uint64_t feed = EQUAL('\n') & valid;
        const uint64_t carriage = EQUAL('\r') & valid;
        const uint64_t delimits = EQUAL(delimiter_byte) & delimited & valid;
        const uint64_t quotes = EQUAL(quote_byte) & quoting & valid;
        uint64_t ending = delimits | feed;

        if (EQUAL(0) & valid)
            return 0;
        if (carriage | returned) {
            /* Each CR stands before a LF. */
            if (((carriage << 1) | returned) & ~feed & valid)
                return 0;
            returned = carriage >> 63;
            found->returns = 1;
        }
        if (quotes | inside | closed) {
            uint64_t in = quotes;
            in ^= in << 1;
            in ^= in << 2;
            in ^= in << 4;
            in ^= in << 8;
            in ^= in << 16;
            in ^= in << 32;
            in ^= inside;
            const uint64_t opening = quotes & in, closing = quotes & ~in;
            const uint64_t after = (closing << 1) | closed;
            const uint64_t before = ((ending | quotes) << 1) | may_open;
            const uint64_t bad = (opening & ~before) | (after & ~(ending | quotes | carriage) & valid);
            uint64_t left;
            if (bad && found->bad == INT64_MAX)
                found->bad = at + TRAILING(bad);
            for (left = opening & after; left; left &= left - 1)
                doubled[doubles++] = (int32_t)(at + TRAILING(left));
            for (left = feed & in; left; left &= left - 1)
                inner[within++] = (int32_t)(at + TRAILING(left));
            if (quotes) {
                if (inside && at + TRAILING(quotes) - last_quote > FAR && found->far == INT64_MAX)
                    found->far = at + TRAILING(quotes);
                last_quote = at + 63 - LEADING(quotes);
            }
            closed = closing >> 63;
            inside = (uint64_t)0 - (in >> 63);
            ending &= ~in;
            feeds += COUNT(feed & ~in);
        } else {
            feeds += COUNT(feed);
        }
        may_open = (delimits | feed | quotes) >> 63;
        if (ending) {
            const int64_t more = COUNT(ending);
            int64_t i;
            /* Mostly there are few: a fixed number of them is cheaper than a loop that nobody can predict. */
            for (i = 0; i < 8; i++) {
                ends[count + i] = (int32_t)(at + TRAILING(ending | UINT64_C(1) << 63));
                ending &= ending - 1;
            }
            for (; ending; ending &= ending - 1)
                ends[count + i++] = (int32_t)(at + TRAILING(ending));
            count += more;
        }
    }
    if (returned)
        found->single = 1;
    found->quoted = last_quote >= 0;
    found->open = inside != 0;
    found->ends = count;
    found->feeds = feeds;
    found->doubled = doubles;
    found->inner = within;
    return 1;
}

/* Which of some short texts stand in a long one: a bit each. Their first two bytes are looked for, then the rest. */
TARGET static uint64_t NAME(held)(const uint8_t *text, int64_t size, const struct hint *hints, int count)
{
    const uint64_t every = (UINT64_C(1) << count) - 1;
    uint64_t found = 0;
    int64_t at;
    int i;

    for (at = 0; at + 65 <= size && found != every; at += 64) {
        uint64_t begins[MOST_HINTS], maybe;
        {
            COMPARE(text + at);
            for (i = 0; i < count; i++)
                begins[i] = EQUAL(hints[i].first);
        }
        {
            COMPARE(text + at + 1);
            for (i = 0; i < count; i++)
                if (hints[i].length > 1)
                    begins[i] &= EQUAL(hints[i].second);
        }
        for (i = 0; i < count; i++)
            for (maybe = found >> i & 1 ? 0 : begins[i]; maybe; maybe &= maybe - 1)
                if (is_hint(text, size, at + TRAILING(maybe), &hints[i])) {
                    found |= UINT64_C(1) << i;
                    break;
                }
    }
    for (; at < size; at++)
        for (i = 0; i < count; i++)
            if (is_hint(text, size, at, &hints[i]))
                found |= UINT64_C(1) << i;
    return found;
}
