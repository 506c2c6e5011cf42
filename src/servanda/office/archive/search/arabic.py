"""A light stemmer for Arabic: article, attached particles, endings, and the broken plurals of the field.

Arabic writes “and”, “in”, “for” and “the” onto the next word, and some words begin with the same letters. So a word has one
form without its article, and stems; a particle is taken off a word as typed only when the whole word stands nowhere in the index
(`loose_stems`). Words come folded (`words.unfold_marks`): no points, ا for every alef, ه for ة, ي for ى.
"""

_ARTICLES = ("وبال", "وال", "بال", "كال", "فال", "ولل", "ال", "لل")
_ENDINGS = ("هما", "تها", "هم", "ها", "ات", "ان", "ون", "ين", "ته", "وا", "ا", "ه")
_PARTICLES = "وفبكل"

# Plurals whose letters change within the word, in the vocabulary of treaties; folded.
_BROKEN_PLURALS = {
    "ذخاير": "ذخير", "تقارير": "تقرير", "ضحايا": "ضحي", "اطفال": "طفل", "الغام": "لغم", "اطراف": "طرف", "دول": "دول", "وثايق": "وثيق",
    "مشاريع": "مشروع", "برامج": "برنامج", "اسلحه": "سلاح", "جهود": "جهد", "اعضاء": "عضو", "خبراء": "خبير", "وفود": "وفد", "مناطق": "منطق",
    "مواد": "ماد", "قنابل": "قنبل", "صكوك": "صك", "مواعيد": "موعد", "تدابير": "تدبير", "وزراء": "وزير", "روساء": "رييس", "ورقات": "ورق",
    "اوراق": "ورق", "نساء": "امرا", "افراد": "فرد", "اشخاص": "شخص", "حقوق": "حق", "قوانين": "قانون", "مبادي": "مبدا", "اهداف": "هدف",
    "مخازن": "مخزن", "تواريخ": "تاريخ", "رسايل": "رسال", "لجان": "لجن", "فرق": "فريق", "مراكز": "مركز", "مدارس": "مدرس", "خطط": "خط",
}  # fmt: skip


def without_article(word: str) -> str:
    """A word without its article and what is written onto the article: the same for للدول, والدول, الدول and دول."""
    for article in _ARTICLES:
        rest = word.removeprefix(article)
        if rest != word and len(rest) >= 3:
            return rest
    return word


def stems(word: str) -> set[str]:
    """The stems of a word without its article; of لجن and للجن both, for “to the” swallows the lam of a word that begins with one."""
    return {_stem(word)}


def loose_stems(word: str) -> set[str]:
    """Stems once a particle is taken off: وزياره gives زيار."""
    if len(word) < 4 or word[0] not in _PARTICLES:
        return set()
    return {_stem(word[1:]), _stem(without_article(word[1:]))}


def _stem(word: str) -> str:
    if word in _BROKEN_PLURALS:
        return _BROKEN_PLURALS[word]
    for ending in _ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3:
            return _BROKEN_PLURALS.get(rest, rest)
    return word
