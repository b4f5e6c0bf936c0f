"""How plausible decoded text is: common characters of one script, or the rubble of a wrong encoding."""

from __future__ import annotations

import re
from collections import Counter

from visittally.words.patterns import pattern

SIMPLIFIED = frozenset(
    "的一是了不在有人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么"
    "去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关"
    "点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教"
    "儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直"
    "德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交"
    "规万取拉格望觉术领共确传师观清今切院让识候带导争运村户镇乡县省组号姓男街道委办访问备注类别状态投诉质量汽车编时间地址联系填写选其他"
    "否需满意况状未反映办结理收集困难贫农土林田房屋医疗卫饮环境就业养老残低收入宅补助修建"
)
TRADITIONAL = frozenset(
    "的一是了不在有人我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼"
    "去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關"
    "點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教"
    "兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直"
    "德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交"
    "規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運村戶鎮鄉縣省組號姓男街委辦訪備註別狀態投訴質量汽車編址聯繫填寫選其他灣臺里鄰"
    "否需滿意況未反映結收集困難貧農土林田房屋醫療衛飲環境就業養老殘低收入宅補助修建"
)
HANGUL = frozenset(
    "이다는가하에을를의은지고기사로도서한대시인어자리수나라정해있아일부전주제장것들그모보으관여과상방계안원성소공구조유선중세문우면"
    "동비만스위국신와치학생식마물할때된며경산무적민당화미내"
)

_LONE = pattern(r"(?<=[A-Za-z])[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]+(?=[A-Za-z])")
_MIXED = pattern(r"[A-Za-z][\u3400-\u9fff\U00020000-\U0002ffff]|[\u3400-\u9fff\U00020000-\U0002ffff][a-z]")
_ALONE = pattern(
    r"(?:(?<=[A-Za-z\d])|(?<=[A-Za-z\d] ))[\u3400-\u9fff](?![\u3400-\u9fff])"
    r"|(?<![\u3400-\u9fff])[\u3400-\u9fff](?= ?[A-Za-z\d])"
)
_LATIN_RUN = pattern(
    r"[\u00a1-\u024f\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122\u2202-\u25ca\uf8ff\u03a9\u03c0\u0131\u02d8-\u02dd\ufb01\ufb02]{3,}"
)
_PUNCTUATION = frozenset("‘’“”–—…•€£°·«»×²³½¼ \u00a0´")
FEW = 4
"""Fewer characters of a script than this may be an accident."""
_FULL_WIDTH = frozenset("，。、；：？！（）《》〈〉「」『』【】〔〕“”‘’—…·～　％＋－／＝＊＃＠┋→√×①②③④⑤■□●○◎☆★℃")


def plausibility(text: str, encoding: str) -> float:
    """How plausible a decoded text is, about -3 to 2; 0 and more is acceptable.

    Args:
        text: The text, or the lines of it that are not ASCII.
        encoding: The codec that it was decoded with.
    """
    counts = Counter(text)
    foreign = {c: n for c, n in counts.items() if c > "\x7f"}
    total = sum(foreign.values())
    if not total:
        return 0.0
    if encoding in ("cp1252", "mac_roman"):
        score = sum(_latin(c, encoding) * n for c, n in foreign.items()) / total
        runs = sum(len(run) for run in _LATIN_RUN.findall(text))
        return score - 2.0 * runs / total - _oddly_placed(text) / total
    judge = _JUDGES.get(encoding, _any_script if encoding == "utf-8" else _chinese)
    score = sum(judge(c, encoding) * n for c, n in foreign.items()) / total
    if judge in (_japanese, _korean) and sum(n for c, n in foreign.items() if "\u3041" <= c <= "\ud7a3") < FEW:
        score -= 0.5
    if judge is not _any_script:
        score -= 1.5 * len(_ALONE.findall(text)) / total
        score -= 1.5 * sum(map(len, _LONE.findall(text))) / total + 0.5 * len(_MIXED.findall(text)) / total
    return score


def _oddly_placed(text: str) -> float:
    """Accented capitals within words and symbols between letters, as a wrong Latin encoding makes them."""
    return 1.2 * len(re.findall(r"(?<=[a-z])[À-ÖØ-Þ¡-©«-´¶-¹»-¿†‡‰Œ‹›√∆≈∫∑∏Ω◊–—…‘“”](?=[a-z])", text))


def _latin(c: str, encoding: str) -> float:
    if c == "\ufffd" or "\x80" <= c < "\xa0":
        return -3.0
    if c in _PUNCTUATION:
        return 0.9
    if c in "¿¡":
        return 0.4
    if "à" <= c <= "ÿ" and c != "÷":
        return 0.8 if encoding == "cp1252" else 0.75
    if "À" <= c <= "Þ" and c != "×":
        return 0.5 if encoding == "cp1252" else 0.4
    return 0.3 if c in "ŒœŠšŽžŸªº§®©™" else -0.6


def _any_script(c: str, encoding: str) -> float:  # noqa: ARG001 - one signature for all judges
    if c == "\ufffd":
        return -3.0
    return 1.3 if c.isprintable() else -0.5


def _is_ideograph(c: str) -> bool:
    return "\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or c >= "\U00020000"


def _chinese(c: str, encoding: str) -> float:
    """Of an ideograph: is it among the few hundred commonest, the few thousand common, or a rare one?"""
    if encoding == "gb18030" and "\x80" <= c < "\xa0":
        return 0.6  # four bytes, and digits among them: that is no accident
    if c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or not (c.isprintable() or c.isspace()):
        return -3.0
    if c in _FULL_WIDTH or "\uff01" <= c <= "\uff5e":
        return 1.0
    if not _is_ideograph(c):
        return _other_script(c, encoding)
    if c in SIMPLIFIED or c in TRADITIONAL:
        return 1.5 if c in (SIMPLIFIED if encoding == "gb18030" else TRADITIONAL) else 1.2
    return 0.6 if _is_common(c, encoding) else -0.8


def _other_script(c: str, encoding: str) -> float:
    """GB18030 holds every script: four bytes for most letters, which do not come about by accident."""
    if encoding != "gb18030" or "\u3041" <= c <= "\u30fe":
        return -0.3
    if c.isalpha() and len(c.encode("gb18030")) == 4:
        return 1.2
    return 0.5 if c.isalpha() or c in _PUNCTUATION else 0.0


def _is_common(c: str, encoding: str) -> bool:
    """Whether an ideograph stands in the first level of its character set, which is ordered by use."""
    name, low, high = (
        ("gb2312", b"\xb0\xa1", b"\xd7\xf9") if encoding == "gb18030" else ("big5", b"\xa4\x40", b"\xc6\x7e")
    )
    try:
        return low <= c.encode(name) <= high
    except UnicodeEncodeError:
        return False


def _japanese(c: str, encoding: str) -> float:  # noqa: ARG001 - one signature for all judges
    if c == "\ufffd" or "\ue000" <= c <= "\uf8ff":
        return -3.0
    if "\u3041" <= c <= "\u30fe":
        return 1.6
    if c in _FULL_WIDTH or "\uff01" <= c <= "\uff5e":
        return 1.0
    if not _is_ideograph(c):
        return -0.8 if "\uff61" <= c <= "\uff9f" else -0.3
    return 0.7 if b"\x88" < c.encode("shift_jis", "ignore") <= b"\x98\x72" else -0.8


def _korean(c: str, encoding: str) -> float:  # noqa: ARG001 - one signature for all judges
    if c == "\ufffd" or "\ue000" <= c <= "\uf8ff":
        return -3.0
    if "\uac00" <= c <= "\ud7a3":
        return 1.6 if c in HANGUL else 0.6 if len(c.encode("euc_kr")) == 2 else -0.8  # eight bytes for rare ones
    if c in _FULL_WIDTH or "\uff01" <= c <= "\uff5e":
        return 1.0
    return -0.5


_JUDGES = {"shift_jis": _japanese, "cp932": _japanese, "euc_jp": _japanese, "euc_kr": _korean, "cp949": _korean}
