/* The compiled heart of the readers: what grid.py, lexicon.py and hashing.py do with numpy, byte for byte the same.

   Everything here works on buffers that the caller owns, checks every offset against their lengths, and lets other
   threads run meanwhile. The stable interface of Python 3.11 is all that is used. */

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#error "words of eight bytes are compared as they stand: for processors that begin with the lowest byte"
#endif

#if defined(_MSC_VER)
#include <intrin.h>
static int trailing(uint64_t bits)
{
    unsigned long found;
    _BitScanForward64(&found, bits);
    return (int)found;
}
static int leading(uint64_t bits)
{
    unsigned long found;
    _BitScanReverse64(&found, bits);
    return 63 - (int)found;
}
static int ones(uint64_t bits)
{
    bits -= (bits >> 1) & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + ((bits >> 2) & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (int)((bits * UINT64_C(0x0101010101010101)) >> 56);
}
#define TRAILING(bits) trailing(bits)
#define LEADING(bits) leading(bits)
#define COUNT(bits) ones(bits)
#define TARGETS(names)
#else
#define TRAILING(bits) __builtin_ctzll(bits)
#define LEADING(bits) __builtin_clzll(bits)
#define COUNT(bits) __builtin_popcountll(bits)
#define TARGETS(names) __attribute__((target(names)))
#endif

/* A quoted cell over more bytes than this that goes over lines is looked at closely: half of `careful.LONGEST`. */
#define FAR (INT64_C(1) << 21)

struct found {
    int64_t ends, feeds, doubled, inner; /* how many */
    int64_t bad, far;                    /* where the first irregular quote is, and the first that is far behind */
    int quoted, open, returns, single;
};

/* A short text that is looked for, see `held`. */
#define MOST_HINTS 32

struct hint {
    const uint8_t *bytes;
    int64_t length;
    uint8_t first, second;
};

static int is_hint(const uint8_t *text, int64_t size, int64_t at, const struct hint *hint)
{
    return size - at >= hint->length && !memcmp(text + at, hint->bytes, (size_t)hint->length);
}

/* ---------------------------------------------------------------- plain C: eight bytes at a time */
static inline uint64_t eight(const uint8_t *at)
{
    uint64_t word;
    memcpy(&word, at, 8);
    return word;
}

static inline uint64_t equal_of_eight(uint64_t word, uint8_t byte)
{
    const uint64_t low = UINT64_C(0x7F7F7F7F7F7F7F7F);
    const uint64_t other = word ^ (UINT64_C(0x0101010101010101) * byte);
    const uint64_t same = ~(((other & low) + low) | other | low);
    return ((same >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static inline uint64_t equal_plain(const uint64_t *words, uint8_t byte)
{
    uint64_t found = 0;
    int i;
    for (i = 0; i < 8; i++)
        found |= equal_of_eight(words[i], byte) << (8 * i);
    return found;
}

#define NAME(x) x##_plain
#define TARGET
#define COMPARE(at) \
    uint64_t words[8]; \
    memcpy(words, at, 64)
#define EQUAL(c) equal_plain(words, c)
#include "_native.h"
#undef NAME
#undef TARGET
#undef COMPARE
#undef EQUAL

/* ---------------------------------------------------------------- x86-64: SSE2 everywhere, AVX2 where there is */
#if defined(__x86_64__) || defined(_M_X64)
#include <emmintrin.h>
#include <immintrin.h>
#define HAVE_X86 1

static inline uint64_t equal_sse2(__m128i a, __m128i b, __m128i c, __m128i d, uint8_t byte)
{
    const __m128i wanted = _mm_set1_epi8((char)byte);
    const uint64_t first = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(a, wanted));
    const uint64_t second = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(b, wanted));
    const uint64_t third = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(c, wanted));
    const uint64_t fourth = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(d, wanted));
    return first | second << 16 | third << 32 | fourth << 48;
}

#define NAME(x) x##_sse2
#define TARGET
#define COMPARE(at) \
    const __m128i a = _mm_loadu_si128((const __m128i *)(at)); \
    const __m128i b = _mm_loadu_si128((const __m128i *)(at) + 1); \
    const __m128i c = _mm_loadu_si128((const __m128i *)(at) + 2); \
    const __m128i d = _mm_loadu_si128((const __m128i *)(at) + 3)
#define EQUAL(byte) equal_sse2(a, b, c, d, byte)
#include "_native.h"
#undef NAME
#undef TARGET
#undef COMPARE
#undef EQUAL

TARGETS("avx2,bmi,popcnt,lzcnt") static inline uint64_t equal_avx2(__m256i a, __m256i b, uint8_t byte)
{
    const __m256i wanted = _mm256_set1_epi8((char)byte);
    const uint64_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, wanted));
    const uint64_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, wanted));
    return first | second << 32;
}

#define NAME(x) x##_avx2
#define TARGET TARGETS("avx2,bmi,popcnt,lzcnt")
#define COMPARE(at) \
    const __m256i a = _mm256_loadu_si256((const __m256i *)(at)); \
    const __m256i b = _mm256_loadu_si256((const __m256i *)(at) + 1)
#define EQUAL(byte) equal_avx2(a, b, byte)
#include "_native.h"
#undef NAME
#undef TARGET
#undef COMPARE
#undef EQUAL

static int has_avx2(void)
{
#if defined(_MSC_VER)
    int leaf[4];
    __cpuid(leaf, 0);
    if (leaf[0] < 7)
        return 0;
    __cpuid(leaf, 1);
    /* The system must keep the upper halves of the registers, too. */
    if (!(leaf[2] & (1 << 27)) || !(leaf[2] & (1 << 23)) || (_xgetbv(0) & 6) != 6)
        return 0;
    __cpuidex(leaf, 7, 0);
    return (leaf[1] & (1 << 5)) && (leaf[1] & (1 << 3));
#else
    __builtin_cpu_init();
    /* Processors with BMI count leading zeros, too. */
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
#endif
}
#endif

/* ---------------------------------------------------------------- 64-bit Arm: NEON everywhere */
#if defined(__aarch64__) || defined(_M_ARM64)
#include <arm_neon.h>
#define HAVE_NEON 1

static inline uint64_t equal_neon(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d, uint8_t byte)
{
    static const uint8_t places[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t bits = vld1q_u8(places), wanted = vdupq_n_u8(byte);
    const uint8x16_t first = vpaddq_u8(vandq_u8(vceqq_u8(a, wanted), bits), vandq_u8(vceqq_u8(b, wanted), bits));
    const uint8x16_t second = vpaddq_u8(vandq_u8(vceqq_u8(c, wanted), bits), vandq_u8(vceqq_u8(d, wanted), bits));
    const uint8x16_t both = vpaddq_u8(first, second);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(both, both)), 0);
}

#define NAME(x) x##_neon
#define TARGET
#define COMPARE(at) \
    const uint8x16_t a = vld1q_u8(at), b = vld1q_u8((at) + 16); \
    const uint8x16_t c = vld1q_u8((at) + 32), d = vld1q_u8((at) + 48)
#define EQUAL(byte) equal_neon(a, b, c, d, byte)
#include "_native.h"
#undef NAME
#undef TARGET
#undef COMPARE
#undef EQUAL
#endif

/* What goes over bytes with one set of instructions. */
struct level {
    const char *name;
    int (*find)(const uint8_t *, int64_t, int, int, int32_t *, int32_t *, int32_t *, struct found *);
    uint64_t (*held)(const uint8_t *, int64_t, const struct hint *, int);
};

/* The best first. */
static const struct level every[] = {
#ifdef HAVE_X86
    {"avx2", find_avx2, held_avx2},
    {"sse2", find_sse2, held_sse2},
#endif
#ifdef HAVE_NEON
    {"neon", find_neon, held_neon},
#endif
    {"plain", find_plain, held_plain},
};
#define LEVELS (sizeof every / sizeof every[0])

/* A set of instructions by its name, NULL where this processor lacks it. */
static const struct level *level_of(const char *name)
{
    size_t i;
    for (i = 0; i < LEVELS; i++)
        if (!strcmp(every[i].name, name)) {
#ifdef HAVE_X86
            if (every[i].find == find_avx2 && !has_avx2())
                return NULL;
#endif
            return &every[i];
        }
    return NULL;
}

/* ---------------------------------------------------------------- where cells end */
static int64_t before(const int32_t *places, int64_t count, int64_t end)
{
    while (count && places[count - 1] >= end)
        count--;
    return count;
}

/* The whole records of what was found; 0 where they are not regular. */
static int whole_records(const uint8_t *text, const int32_t *ends, const int32_t *doubled, const int32_t *inner,
                         struct found *found)
{
    int64_t count = found->ends, end;
    while (count && text[ends[count - 1]] != '\n')
        count--;
    end = count ? (int64_t)ends[count - 1] + 1 : 0;
    found->ends = count;
    found->doubled = before(doubled, found->doubled, end);
    found->inner = before(inner, found->inner, end);
    return found->bad >= end && !(found->inner && found->far < end);
}

/* Whether there are records, and every one has so many cells. */
static int are_even(const uint8_t *text, const int32_t *ends, const struct found *found, int64_t width)
{
    int64_t end;
    if (width < 1 || !found->ends || found->ends % width || found->ends / width != found->feeds)
        return 0;
    for (end = width - 1; end < found->ends; end += width)
        if (text[ends[end]] != '\n')
            return 0;
    return 1;
}

PyDoc_STRVAR(find_doc,
             "find(text, size, delimiter, quote, final, width, level, ends, doubled, inner)\n--\n\n"
             "Where the cells of whole records end: see `grid.GridFinder`. The last figure of what it gives tells\n"
             "whether every record has `width` cells.");

static PyObject *find(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer text, ends, doubled, inner;
    Py_ssize_t size, width;
    int delimiter, quote, final, regular = 0, even = 0;
    const char *name;
    struct found found;
    const struct level *level;
    PyObject *answer = NULL;

    if (!PyArg_ParseTuple(arguments, "y*niipnsw*w*w*:find", &text, &size, &delimiter, &quote, &final, &width, &name,
                          &ends, &doubled, &inner))
        return NULL;
    memset(&found, 0, sizeof found);
    level = level_of(name);
    if (level == NULL) {
        PyErr_Format(PyExc_ValueError, "no such instructions here: %s", name);
    } else if (size < 0 || size > text.len - 64 || size >= INT32_MAX - 64 || delimiter > 127 || quote > 127 ||
               ends.len / 4 < size + 64 || doubled.len / 4 < size || inner.len / 4 < size) {
        PyErr_SetString(PyExc_ValueError, "too little room");
    } else {
        Py_BEGIN_ALLOW_THREADS
        regular = level->find(text.buf, size, delimiter, quote, ends.buf, doubled.buf, inner.buf, &found) &&
                  !(final && (found.open || found.single)) &&
                  whole_records(text.buf, ends.buf, doubled.buf, inner.buf, &found);
        even = regular && are_even(text.buf, ends.buf, &found, width);
        Py_END_ALLOW_THREADS
        if (regular)
            answer = Py_BuildValue("LLLLiii", (long long)found.ends, (long long)found.feeds, (long long)found.doubled,
                                   (long long)found.inner, found.quoted, found.returns, even);
        else
            answer = Py_NewRef(Py_None);
    }
    PyBuffer_Release(&text);
    PyBuffer_Release(&ends);
    PyBuffer_Release(&doubled);
    PyBuffer_Release(&inner);
    return answer;
}

/* ---------------------------------------------------------------- the cells of a column */
PyDoc_STRVAR(cells_doc,
             "cells(text, ends, width, column, begins, quote, returns, doubled, starts, lengths, escaped)\n--\n\n"
             "Where each cell of a column begins, behind its quote, and how long it is. `begins`: where each record\n"
             "begins, or None. `escaped`: takes the numbers of the cells with doubled quotes; returns how many.");

struct column {
    const int32_t *ends, *begins, *doubled;
    int64_t rows, width, number, doubles;
    int quote, returns;
};

/* How many cells are escaped; -1 where the ends are none of this text. */
static int64_t cells_of(const Py_buffer *text, const struct column *column, int32_t *starts, int32_t *lengths,
                        int32_t *escaped)
{
    const uint8_t *bytes = text->buf;
    const int32_t *ends = column->ends;
    const int last = column->number == column->width - 1;
    int64_t count = 0, next = 0, i;
    for (i = 0; i < column->rows; i++) {
        const int64_t cell = i * column->width + column->number;
        int64_t start = 0, length;
        if (column->number || (i && column->begins == NULL))
            start = (int64_t)ends[cell - 1] + 1;
        else if (column->begins != NULL)
            start = column->begins[i];
        length = ends[cell] - start;
        if (length < 0 || start < 0 || ends[cell] >= text->len)
            return -1;
        if (last && column->returns && length > 0 && bytes[ends[cell] - 1] == '\r')
            length--;
        if (bytes[start] == column->quote) {
            start++;
            length -= 2;
            if (length < 0)
                return -1;
            while (next < column->doubles && column->doubled[next] < start)
                next++;
            if (next < column->doubles && column->doubled[next] < start + length)
                escaped[count++] = (int32_t)i;
        }
        starts[i] = (int32_t)start;
        lengths[i] = (int32_t)length;
    }
    return count;
}

static PyObject *cells(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer text, ends, begins, doubled, starts, lengths, escaped;
    Py_ssize_t width, number;
    struct column column;
    int64_t count = -1;

    memset(&column, 0, sizeof column);
    if (!PyArg_ParseTuple(arguments, "y*y*nnz*ipy*w*w*w*:cells", &text, &ends, &width, &number, &begins, &column.quote,
                          &column.returns, &doubled, &starts, &lengths, &escaped))
        return NULL;
    column.ends = ends.buf;
    column.begins = begins.buf;
    column.doubled = doubled.buf;
    column.doubles = doubled.len / 4;
    column.rows = starts.len / 4;
    column.width = width;
    column.number = number;
    if (width > 0 && number >= 0 && number < width && ends.len / 4 / width == column.rows &&
        lengths.len == starts.len && escaped.len == starts.len && (begins.buf == NULL || begins.len == starts.len)) {
        Py_BEGIN_ALLOW_THREADS
        count = cells_of(&text, &column, starts.buf, lengths.buf, escaped.buf);
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&text);
    PyBuffer_Release(&ends);
    PyBuffer_Release(&begins);
    PyBuffer_Release(&doubled);
    PyBuffer_Release(&starts);
    PyBuffer_Release(&lengths);
    PyBuffer_Release(&escaped);
    if (count < 0) {
        PyErr_SetString(PyExc_ValueError, "no cells of this text");
        return NULL;
    }
    return PyLong_FromLongLong((long long)count);
}

/* ---------------------------------------------------------------- codes of cells */
#define PAIRS 4
static const uint64_t FACTORS[2 * PAIRS] = {
    UINT64_C(0x9E3779B97F4A7C15), UINT64_C(0xBF58476D1CE4E5B9), UINT64_C(0x94D049BB133111EB),
    UINT64_C(0xD6E8FEB86659FD93), UINT64_C(0xA0761D6478BD642F), UINT64_C(0xE7037ED1A0B428DB),
    UINT64_C(0x8EBC6AF09C88C6E3), UINT64_C(0x589965CC75374CC3),
};

struct lexicon {
    const int32_t *table; /* places of entries */
    uint64_t last;        /* its last place: it has a power of two */
    int shift;
    const uint64_t *words; /* PAIRS times `room` times two */
    int64_t room;
};

/* The first `count` bytes of a word, 0 to 8. */
static inline uint64_t first_bytes(uint64_t word, int64_t count)
{
    return count >= 8 ? word : word & ((UINT64_C(1) << (8 * count)) - 1);
}

static inline int is_entry(const struct lexicon *known, int32_t entry, const uint64_t *words, int pairs)
{
    int pair;
    if (entry <= 0 || entry >= known->room)
        return 0;
    for (pair = 0; pair < pairs; pair++) {
        const uint64_t *own = known->words + 2 * ((int64_t)pair * known->room + entry);
        if (own[0] != words[2 * pair] || own[1] != words[2 * pair + 1])
            return 0;
    }
    return 1;
}

/* The code of a cell of less than 16 * PAIRS bytes, -1 if it has none. */
static inline int32_t code_of(const struct lexicon *known, const uint8_t *cell, int64_t length)
{
    uint64_t words[2 * PAIRS], hash = 0, place, tried;
    const int pairs = (int)(length / 16) + 1;
    int pair;
    for (pair = 0; pair < pairs; pair++) {
        const int64_t left = length - 16 * pair;
        words[2 * pair] = first_bytes(eight(cell + 16 * pair), left);
        words[2 * pair + 1] = left > 8 ? first_bytes(eight(cell + 16 * pair + 8), left - 8) : 0;
        hash += words[2 * pair] * FACTORS[2 * pair] + words[2 * pair + 1] * FACTORS[2 * pair + 1];
    }
    hash ^= hash >> 32;
    hash *= FACTORS[1];
    place = hash >> known->shift;
    for (tried = 0; tried <= known->last; tried++) {
        const int32_t entry = known->table[place];
        if (is_entry(known, entry, words, pairs))
            return entry - 1;
        if (entry == 0)
            break;
        place = (place + 1) & known->last;
    }
    return -1;
}

PyDoc_STRVAR(codes_doc,
             "codes(text, starts, lengths, table, words, codes)\n--\n\n"
             "The code of each cell: -1 for those that are not in the lexicon, -2 for those too long to be looked up by\n"
             "their bytes. Returns how many there are of each.");

static PyObject *codes(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer text, starts, lengths, table, words, found;
    int64_t missing = 0, apart = 0, count, i;
    int good;
    struct lexicon known;

    if (!PyArg_ParseTuple(arguments, "y*y*y*y*y*w*:codes", &text, &starts, &lengths, &table, &words, &found))
        return NULL;
    known.table = table.buf;
    known.last = (uint64_t)(table.len / 4) - 1;
    known.words = words.buf;
    known.room = words.len / (16 * PAIRS);
    count = found.len / 4;
    good = table.len >= 8 && (known.last & (known.last + 1)) == 0 && starts.len == found.len && lengths.len == found.len;
    if (good) {
        known.shift = 64 - COUNT(known.last);
        Py_BEGIN_ALLOW_THREADS
        const int32_t *begin = starts.buf, *length = lengths.buf;
        int32_t *code = found.buf;
        for (i = 0; i < count; i++) {
            if (length[i] >= 16 * PAIRS) {
                code[i] = -2;
                apart++;
                continue;
            }
            if (begin[i] < 0 || length[i] < 0 || (int64_t)begin[i] + length[i] + 16 > text.len) {
                good = 0;
                break;
            }
            code[i] = code_of(&known, (const uint8_t *)text.buf + begin[i], length[i]);
            missing += code[i] < 0;
        }
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&text);
    PyBuffer_Release(&starts);
    PyBuffer_Release(&lengths);
    PyBuffer_Release(&table);
    PyBuffer_Release(&words);
    PyBuffer_Release(&found);
    if (!good) {
        PyErr_SetString(PyExc_ValueError, "no cells of this text");
        return NULL;
    }
    return Py_BuildValue("LL", (long long)missing, (long long)apart);
}

/* ---------------------------------------------------------------- cells one behind the other */
/* Whether bytes are UTF-8 by themselves: no surrogates, nothing longer than need be, nothing beyond U+10FFFF. */
static int is_utf8(const uint8_t *at, int64_t length)
{
    const uint8_t *end = at + length;
    while (at < end) {
        const uint8_t lead = *at;
        uint8_t least = 0x80, most = 0xBF;
        int more;
        if (lead < 0x80) {
            if (end - at >= 8 && !(eight(at) & UINT64_C(0x8080808080808080)))
                at += 8;
            else
                at++;
            continue;
        }
        if (lead >= 0xC2 && lead <= 0xDF)
            more = 1;
        else if ((lead & 0xF0) == 0xE0)
            more = 2;
        else if (lead >= 0xF0 && lead <= 0xF4)
            more = 3;
        else
            return 0;
        if (lead == 0xE0)
            least = 0xA0;
        else if (lead == 0xED)
            most = 0x9F;
        else if (lead == 0xF0)
            least = 0x90;
        else if (lead == 0xF4)
            most = 0x8F;
        if (end - at <= more || at[1] < least || at[1] > most)
            return 0;
        if ((more > 1 && (at[2] & 0xC0) != 0x80) || (more > 2 && (at[3] & 0xC0) != 0x80))
            return 0;
        at += more + 1;
    }
    return 1;
}

PyDoc_STRVAR(gather_doc,
             "gather(text, starts, lengths, content, offsets)\n--\n\n"
             "Copy cells one behind the other. Returns whether all of them are UTF-8.");

/* Copy the cells; 1 if all are UTF-8, 0 if not, -1 where there is too little room. */
static int gathered(const Py_buffer *text, const int32_t *starts, const int32_t *lengths, int64_t count,
                    Py_buffer *content, int32_t *offsets)
{
    const uint8_t *bytes = text->buf;
    uint8_t *to = content->buf;
    int64_t at = 0, i;
    int good = 1;
    for (i = 0; i < count; i++) {
        const int64_t start = starts[i], length = lengths[i];
        if (start < 0 || length < 0 || start + length > text->len || length > content->len - at)
            return -1;
        if (length <= 16 && start + 16 <= text->len && at + 16 <= content->len)
            memcpy(to + at, bytes + start, 16);
        else
            memcpy(to + at, bytes + start, (size_t)length);
        offsets[i] = (int32_t)at;
        good = good && is_utf8(bytes + start, length);
        at += length;
    }
    offsets[count] = (int32_t)at;
    return good;
}

static PyObject *gather(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer text, starts, lengths, content, offsets;
    int good = -1;

    if (!PyArg_ParseTuple(arguments, "y*y*y*w*w*:gather", &text, &starts, &lengths, &content, &offsets))
        return NULL;
    if (starts.len == lengths.len && offsets.len == starts.len + 4 && content.len < INT32_MAX) {
        Py_BEGIN_ALLOW_THREADS
        good = gathered(&text, starts.buf, lengths.buf, starts.len / 4, &content, offsets.buf);
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&text);
    PyBuffer_Release(&starts);
    PyBuffer_Release(&lengths);
    PyBuffer_Release(&content);
    PyBuffer_Release(&offsets);
    if (good < 0) {
        PyErr_SetString(PyExc_ValueError, "no cells of this text");
        return NULL;
    }
    return PyBool_FromLong(good);
}

/* ---------------------------------------------------------------- hashes */
#define MIX_1 UINT64_C(0xBF58476D1CE4E5B9)
#define MIX_2 UINT64_C(0x94D049BB133111EB)
#define GOLDEN UINT64_C(0x9E3779B97F4A7C15)

static inline uint64_t hash_of(const uint8_t *text, int64_t length)
{
    uint64_t found = (uint64_t)length * GOLDEN, word;
    int64_t at;
    for (at = 0; at < length; at += 8) {
        word = 0;
        memcpy(&word, text + at, (size_t)(length - at < 8 ? length - at : 8));
        word = (word ^ found) * MIX_1;
        found = word ^ (word >> 32);
    }
    found = (found ^ (found >> 30)) * MIX_1;
    found = (found ^ (found >> 27)) * MIX_2;
    return found ^ (found >> 31);
}

PyDoc_STRVAR(hashes_doc,
             "hashes(content, offsets, hashes, longest)\n--\n\n"
             "The 64-bit hash of each text, see `hashing.hash_texts`. Returns how many have `longest` bytes or more.");

static PyObject *hashes(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer content, offsets, found;
    Py_ssize_t longest;
    int64_t count, i, longer = 0;
    int good;

    if (!PyArg_ParseTuple(arguments, "y*y*w*n:hashes", &content, &offsets, &found, &longest))
        return NULL;
    count = found.len / 8;
    good = offsets.len / 4 == count + 1;
    if (good) {
        Py_BEGIN_ALLOW_THREADS
        const int32_t *at = offsets.buf;
        uint64_t *hash = found.buf;
        for (i = 0; i < count; i++) {
            if (at[i] < 0 || at[i + 1] < at[i] || at[i + 1] > content.len) {
                good = 0;
                break;
            }
            if (at[i + 1] - at[i] >= longest)
                longer++;
            else
                hash[i] = hash_of((const uint8_t *)content.buf + at[i], at[i + 1] - at[i]);
        }
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&content);
    PyBuffer_Release(&offsets);
    PyBuffer_Release(&found);
    if (!good) {
        PyErr_SetString(PyExc_ValueError, "no texts of this content");
        return NULL;
    }
    return PyLong_FromLongLong((long long)longer);
}

/* ---------------------------------------------------------------- short texts in a long one */
PyDoc_STRVAR(held_doc,
             "held(text, hints, level)\n--\n\n"
             "Which of a tuple of short texts, 32 at most, stand in a long one: bit i is set for the one at i.");

static PyObject *held(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Py_buffer text;
    PyObject *wanted;
    const char *name;
    const struct level *level;
    struct hint hints[MOST_HINTS];
    uint64_t found = 0;
    Py_ssize_t count, i;

    if (!PyArg_ParseTuple(arguments, "y*O!s:held", &text, &PyTuple_Type, &wanted, &name))
        return NULL;
    count = PyTuple_Size(wanted);
    level = level_of(name);
    if (count > MOST_HINTS || level == NULL)
        PyErr_SetString(PyExc_ValueError, "too many hints, or no such instructions here");
    for (i = 0; i < count && !PyErr_Occurred(); i++) {
        char *bytes;
        Py_ssize_t length;
        if (PyBytes_AsStringAndSize(PyTuple_GetItem(wanted, i), &bytes, &length) < 0)
            break;
        if (!length)
            PyErr_SetString(PyExc_ValueError, "a hint without bytes");
        hints[i].bytes = (const uint8_t *)bytes;
        hints[i].length = length;
        hints[i].first = hints[i].bytes[0];
        hints[i].second = hints[i].bytes[length > 1];
    }
    if (!PyErr_Occurred()) {
        Py_BEGIN_ALLOW_THREADS
        found = level->held(text.buf, text.len, hints, (int)count);
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&text);
    return PyErr_Occurred() ? NULL : PyLong_FromUnsignedLongLong(found);
}

/* ---------------------------------------------------------------- the module */
PyDoc_STRVAR(levels_doc, "levels()\n--\n\nThe sets of instructions that this processor has, the best first.");

static PyObject *levels(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(ignored))
{
    PyObject *found = PyList_New(0);
    size_t i;
    for (i = 0; found != NULL && i < LEVELS; i++) {
        PyObject *name;
        if (level_of(every[i].name) == NULL)
            continue;
        name = PyUnicode_FromString(every[i].name);
        if (name == NULL || PyList_Append(found, name) < 0)
            Py_CLEAR(found);
        Py_XDECREF(name);
    }
    return found;
}

static PyMethodDef methods[] = {
    {"find", find, METH_VARARGS, find_doc},       {"cells", cells, METH_VARARGS, cells_doc},
    {"codes", codes, METH_VARARGS, codes_doc},    {"gather", gather, METH_VARARGS, gather_doc},
    {"hashes", hashes, METH_VARARGS, hashes_doc},
    {"held", held, METH_VARARGS, held_doc},
    {"levels", levels, METH_NOARGS, levels_doc},
    {NULL, NULL, 0, NULL},
};

/* The number of this interface: a module that was compiled before it changed is not used. */
#define INTERFACE 6

static int executed(PyObject *module)
{
    return PyModule_AddIntConstant(module, "INTERFACE", INTERFACE);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)executed}, {0, NULL}};

static struct PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_native",
    .m_doc = "What the readers do with bytes, compiled.",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__native(void)
{
    return PyModuleDef_Init(&definition);
}
