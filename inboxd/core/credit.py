"""The credit wish: yes, no or unknown, only from words that say so.

A signature block with a name and a link is not a wish, and a refusal anywhere wins over a yes:
a name published without consent cannot be taken back (invariant 11).
"""

from __future__ import annotations

import re
from dataclasses import replace

from inboxd.core.model import Credit, CreditWish
from inboxd.core.scope import restore
from inboxd.core.sections import Section
from inboxd.core.vocabulary import WEAKNESS
from inboxd.core.wish import DENIES, leaning, topics

MAX_ANSWER = 600  # characters below a credit heading that are looked at

_FLAGS = re.IGNORECASE
_CREDITED = r"(?:credit(?:s|ed|ing)?|acknowledged|acknowledgement|acknowledgment|recogni[sz]ed|recognition|hall of fame|attribution|mentioned|listed|named|thanked)"
_NO = re.compile(
    r"\b(?:do not|don['’]?t|please (?:do )?not?|no need (?:for|to)|rather not|prefer not|would not|wouldn['’]t|not (?:(?:to )?be|want|wish|like|need)|never|decline|refuse)\b[^.!?\n]{0,40}"
    rf"\b(?:{_CREDITED}|credit me|name me|mention me|thank me|list me|my name|my handle|my identity|publish (?:anything about me|me))\b"
    r"|\b(?:stay|remain|keep me|be|kept|report(?:ing|ed)?) (?:\w+ )?anonymous(?:ly)?\b(?! (?:user|access|visitor|request|login|session))|\bkeep (?:me|this) anonymous|\banonymity\b"
    r"|\banonymous (?:please|only|report(?:er)?)\b|\bplease[^.!?\n]{0,20}anonymous\b"
    r"|\brather (?:my name|i) (?:\w+ )?(?:stay(?:ed)?|remain(?:ed)?|be|were|was|not) ?(?:out|anonymous|unnamed|not|named)?\b|\bmy name (?:should |must |to )?(?:stays?|be kept|remains?) (?:out|private|secret)|\b(?:don['’]?t|do not|never) (?:put|use|publish|print|mention|show) my (?:name|identity)"
    r"|(?:pas la peine|pas besoin|inutile) de (?:me (?:citer|nommer|mentionner|remercier|cr[ée]diter)|(?:mettre|citer|publier) mon nom)"
    r"|\b(?:stay|be|remain|keep me|kept|left) out of (?:any|your|the|all) (?:public )?(?:lists?|hall|credits?|acknowledg\w+|thanks)|\bno interest in (?:being )?(?:mention\w*|credit\w*|nam\w+|acknowledg\w+)"
    r"|\b(?:leave|keep) (?:me|my name|us) (?:out|private|secret|confidential|unmentioned|off)\b|\bpublish nothing about me\b|\bwithout (?:my name|naming me|mentioning me|credit(?:ing me)?)\b"
    r"|\bno (?:public )?(?:credits?|acknowledge?ments?|attribution|recognition|name)\b(?! (?:cards?|system|check))[^.\n]{0,12}(?:please|needed|required|wanted|necessary|thanks|pls|[.!]|$)"
    r"|\bcredits? (?:is |are )?(?:not|un)[ -]?(?:needed|wanted|necessary|required)\b|\bi (?:do not|don['’]?t) (?:want|need|care about) (?:any |a |public |the )?(?:credits?|recognition|acknowledg\w+|my name)"
    r"|\b(?:rester|demeurer|garde[rz]|conserver|reste)[^.!?\n]{0,25}anonym\w*|\bl['’]anonymat\b|\banonymement\b"
    r"|\bne (?:pas|point|jamais) (?:publier|citer|mentionner|mettre|indiquer|diffuser|r[ée]v[ée]ler|divulguer) mon (?:nom|pseudo|identit[ée])|\bne (?:pas|point|jamais) (?:me |nous |m['’])?(?:citer|mentionner|cr[ée]diter|nommer|remercier|appara[iî]tre|figurer)"
    r"|\bne (?:me |souhaite |veux |d[ée]sire |voudrais |m['’])\w*[^.!?\n]{0,30}\bpas\b[^.!?\n]{0,40}(?:cit\w+|mentionn\w+|cr[ée]dit\w*|nomm\w+|appara\w+|nom\b)|\b(?:pas|aucune?|sans) (?:de |besoin de |mention de )?(?:cr[ée]dit\w*|mention|remerciements?|nom publi\w+|mon nom)\b"
    r"|\bpas besoin d['’][êe]tre (?:cit|nomm|mentionn|cr[ée]dit)|\bnennung[^.!?\n]{0,30}\bnicht\b|\bnicht (?:genannt|erw[äa]hnt) (?:werden|zu werden)"
    r"|\bbleibe?n? (?:\w+ ){0,3}anonym\b|\banonym bleiben\b|\b(?:nicht|keine?n?)\b[^.!?\n]{0,40}\b(?:genannt|namentlich|nennung|namensnennung|erw[äa]hn\w+|danksagung)\b|\bnennen sie mich (?:bitte )?nicht\b"
    r"|\b(?:no|sin|prefiero no|não|nao|sem|non|senza|preferisco non|prefiro n[ãa]o)\b[^.!?\n]{0,40}\b(?:acreditad\w*|mencionad\w*|mencionen|menci[oó]n|cr[ée]ditos?|nombren|nombrad\w|citat\w|menzionat\w|ringraziat\w|credito|creditad\w*|citad\w)\b"
    r"|\b(?:an[oó]nim[oa]|anonim[oa]|an[ôo]nim[oa])\b(?=[^\w]|$)|\bне (?:указыва\w+|упомина\w+|публикуйте|нужно указывать|хочу)\b[^.!?\n]{0,30}(?:имя|имени|меня|автор\w*)?|\bанонимн(?:о|ым|ой)\b"
    r"|不(?:需要|要|用|希望|想|必)[^。\n]{0,8}(?:致谢|署名|公开|姓名|鸣谢|credit)|匿名|(?:掲載|クレジット|謝辞|氏名|名前)[^。\n]{0,12}(?:希望しません|不要|望みません|しないで|控え)|希望しません",
    _FLAGS,
)
_YES = re.compile(
    r"\b(?:please|pls|kindly|feel free to|you (?:can|may|could)|u can|also|then)\b[^.!?\n]{0,25}\b(?:credit|name|list|mention|thank|add|include|cite|acknowledge)\s+(?:me\b|us\b|my (?:name|handle|company|team)|[\"'“„«@])(?! (?:not|if|unless|when|once))"
    r"|\b(?:please|you (?:can|may)) (?:give )?(?:the )?credit(?:s)?\b(?! (?:card|if|is))|\b(?:give|add|put) (?:the |me )?credits? (?:to|for)\b|\b(?:please|i['’]?d|like|love)\b[^.!?\n]{0,20}\bput me (?:on|in)\b"
    rf"|\b(?:i|we)(?:['’]d| would| am| ['’]?m)?\s?(?:also |really |very )?(?:like|love|appreciate|be (?:happy|glad|hono[u]?red|pleased|proud|delighted)|want|wish|prefer|happy|glad)\b[^.!?\n]{{0,60}}\b{_CREDITED}\b"
    rf"|\b(?:happy|glad|like|love|pleased|want|wish|ok|fine|okay) to be {_CREDITED}\b|\bfine with (?:being )?{_CREDITED}\b"
    r"|\b(?:glad|happy|pleased|grateful|delighted) (?:about|with|for|of) (?:an? )?(?:public |short |small )?(?:mention|credit|acknowledge?ment|line|entry|place)|\bmention(?:ing)?(?: me)? (?:is|are|would be) (?:very |most )?welcome\b|\bplease with my (?:full |real )?name\b|\bmy name (?:on|in) (?:it|that|there|one|them|your \w+|the \w+) would\b"
    r"|\blove to see [^\n]{2,60} (?:on|in) (?:your|the) (?:thank\w*|credit\w*|acknowledge?ment\w*|hall)|\bcall me \S+ in (?:your|the)\b"
    r"|\bpour (?:les |vos )?(?:remerciements|cr[ée]dits?)\s*[:,]\s*(?=@\w)"
    r"|\bcredit [\"“'][^\"”'\n]{2,40}[\"”'],? (?:pls|please|thanks)\b"
    r"|\bcredits?\s*:\s*(?=[\w.-]*[\d_])[A-Za-z][\w.-]{2,30}\s*$"
    r"|\b(?:acknowledge?ments?|credits?|thanks|hall of fame)\b[^.!?\n]{0,12},? (?:please )?use [\"“]|\bgive credit to [\"“]"
    r"|\bput (?:me|my (?:full )?name) (?:on|in)\b|\bquote me\b|\bcredits? go(?:es)? to\b|\bcredits? for (?:both|all|this|these|it|the \w+)\s*:\s*\S|\b(?:want|like|love)(?: to)? (?:appear|be|see myself|figure) (?:in|on) (?:the|your|it|that)\b|\bthanks page\s*:\s*(?:yes|sure)|\b(?:acknowledge|credit|name|mention|list|thank) me\s*\?\s*(?:yes|sure|please)|\bmy name on (?:the|your|their) (?:wall|page|site|list)"
    r"|\bcredit me\b(?! (?:not|if|unless))|\bcredits? (?:to|goes to|should go to|as)\b[:\s]+\S|\b(?:public )?credit(?:s)?(?: wanted| requested)?\s*(?:[:?=]|->|→)\s*(?:yes|wanted|welcome|please|sure|yep|ok)\b|\bcredit (?:is )?(?:wanted|welcome|requested|appreciated)\b"
    r"|\bcredit(?:s)? (?:for (?:all|both|this|these|it)[^:.\n]{0,20})?:\s*[^.\n]{0,60}\b(?:yes|please|oui)\b|\b(?:can|could|may) (?:i|we) be (?:credited|listed|named|mentioned|acknowledged|thanked)\b[^.?!\n]{0,40}\bas\b|\byou (?:can|may) (?:use|publish) my (?:real |full )?name\b"
    r"|\b(?:name|list|credit|mention|thank|acknowledge) me (?:as|in your|on your|publicly|with)\b|\b(?:name|handle|nick(?:name)?|alias) for (?:the |your )?(?:credits?|hall of fame|thanks?|thank-?you|acknowledge?ments?)(?: page| list| section)?\s*[:=]\s*\S"
    r"|\b(?:je (?:souhaite(?:rais)?|voudrais|veux|aimerais|serais (?:heureu\w+|ravi\w*|content\w*))|vous pouvez|merci de|veuillez|oui)\b(?! ne\b)[^.!?\n]{0,60}\b(?:cr[ée]dit[ée]?\w*|mentionn\w+|remerci\w* (?:publiquement|sur|dans)|me remercier|me cit\w+|[êe]tre cit[ée]e?|hall of fame|page de (?:reconnaissance|remerciements))\b"
    r"|\b(?:vous pouvez|oui,? vous pouvez|pouvez) (?:mettre|[ée]crire|ajouter|inscrire|afficher) (?:mon (?:nom|pseudo)|[A-Z]\S+(?: [A-Z]\S*)?)[^.!?\n]{0,20} (?:dans|sur) (?:les|vos|votre|la)|\b(?:j['’]aimerais|je souhaite(?:rais)?|je voudrais) (?:figurer|appara[iî]tre) (?:dans|sur)|\b(?:falls|wenn) sie[^.!?\n]{0,40}(?:nennen|auff[üu]hren)[^.!?\n]{0,20}\bbitte als\b"
    r"|\b(?:vous pouvez|merci de|veuillez|pri[èe]re de) (?:citer|mentionner|publier|indiquer|mettre|afficher) mon (?:nom|pseudo|pr[ée]nom)\b|\bcr[ée]dit(?:ez|er)[- ]moi\b|\bcr[ée]dit (?:public )?\s*[:?]\s*(?:oui|souhait[ée])\b|\bme citer\s*[:?]\s*oui\b"
    r"|\b(?:ich (?:m[öo]chte|w[üu]rde)|gerne?|bitte|sie (?:k[öo]nnen|d[üu]rfen))\b(?![^.!?\n]{0,60}\bnicht\b)[^.!?\n]{0,60}\b(?:genannt|erw[äa]hn\w+|nennen|danksagung|namentlich)\b|\bdanksagung\s*:\s*ja\b"
    r"|\b(?:quiero|quisiera|me gustar[íi]a|pueden?|deseo)\b[^.!?\n]{0,50}\b(?:acreditad\w+|acreditarme|mencionad\w+|mencionarme|cr[ée]ditos?|reconocimiento|agradecimientos)\b|\bcr[ée]ditos?\s*:\s*s[íi]\b"
    r"|\b(?:vorrei|mi piacerebbe|potete|desidero)\b[^.!?\n]{0,50}\b(?:citat\w|citarmi|menzionat\w|menzionarmi|ringraziat\w|ringraziarmi|riconosciment\w)\b|\b(?:gostaria|quero|podem|desejo)\b[^.!?\n]{0,50}\b(?:creditad\w|mencionad\w|cr[ée]ditos?|me citar|agradeciment\w+)\b"
    r"|\b(?:прошу|можете|хочу|хотел\w* бы|буду рад\w?)\b[^.!?\n]{0,50}(?:указать|упомян\w+|благодарност\w+)|(?:希望|请|可以)[^。\n]{0,10}(?:致谢|署名|公开)|(?:掲載|クレジット|氏名)[^。\n]{0,12}(?:希望します|お願いします|可)",
    _FLAGS | re.MULTILINE,
)
_SAYS_YES = re.compile(
    r"(?:^\W*(?:yep|sure|ok|okay|ja|s[íi]|sim|да|yes|oui|是|可以|好|はい|希望します)(?!\w)|\b(?:yes|oui|please|bitte)\b)",
    _FLAGS,
)
_BEGINS_YES = re.compile(
    r"\W*(?:yes|yep|yeah|sure|ok|okay|oui|ja|s[íi]|sim|да|是|好|はい)(?!\w)", _FLAGS
)
_BARE_NO = re.compile(
    r"^\W*(?:no|none|nope|non|not wanted|not needed|not necessary|n/a|anonym\w*|nein|niet|нет|aucun\w*|keine\w*|nicht\w*|не (?:нужн\w+|требу\w+|надо|хочу)|ninguno|nessuno|n[ãa]o|no gracias|否|不|なし|不要|不需要|希望しません|sans objet)(?![\w@])",
    _FLAGS,
)
_LATER = re.compile(
    r"\b(?:later|tbd|tba|to be (?:decided|discussed|determined|confirmed)|not sure|undecided|unsure|maybe|perhaps|let you know|tell you|ask (?:my|the)|plus tard|pas s[ûu]r\w*|pas encore|sp[äa]ter|m[áa]s tarde|depois|pi[ùu] tardi|up to you|only if|unless|depends?)\b",
    _FLAGS,
)
_NAMING = re.compile(
    r"\b(?:publi\w+|nam\w+|credit\w*|mention\w*|list\w*|identi\w+|acknowledg\w+|thank\w*|necessary|needed|required|wanted|nom\w*|nenn\w+|nombr\w+)\b",
    _FLAGS,
)
_CLAUSE = re.compile(r"[,;:.!?\n]|\b(?:but|mais|aber|pero|mas|ma|and|et|und)\b", _FLAGS)
_ASKS = re.compile(
    r"\b(?:do you|is it possible|can i|could i|may i|will i|est-ce que|puis-je|gibt es|tienen)\b",
    _FLAGS,
)
_ASKS_AS = re.compile(r"\bbe \w+[^.?!\n]{0,40}\bas\b", _FLAGS)
_CONDITION = re.compile(  # "if you publish it, name me" is a wish
    r"\b(?:only if|but only if|provided that|unless|if and only if|if it is fixed|if (?:this|it) is (?:valid|accepted|paid)|seulement si|sauf si|nur wenn)\b",
    _FLAGS,
)

_HANDLE = re.compile(
    r"(?<![\w./+-])@([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,37}[A-Za-z0-9_])?(?:@(?:[\w-]+\.)+[a-z]{2,12})?)"
)
_CALLED = re.compile(  # "handle `ilkka_rd`", "apelido rosaq e o link ..."
    r"\b(?:handle|nick(?:name)?|alias|username|pseudo(?:nym\w*)?|apelido|apodo|soprannome|spitzname|ник(?:ом|нейм)?)\b[\s:=]{1,3}(?:is |est )?[`\"'“«]?(?P<nick>[A-Za-z0-9][\w.-]{1,30}?)"
    r"(?=[`\"'”»]?\s*(?:[,.;()|/]|$|(?:and|or|et|e|y|und|with|avec)\b))",
    _FLAGS | re.MULTILINE,
)
_ALONE = re.compile(r"\W{0,3}(?P<nick>(?=[\w.-]*[\d_])[A-Za-z][\w.-]{2,30})\s*(?:[(|,]|$)")
_SOCIAL = re.compile(
    r"\b(?:x\.com|twitter\.com|github\.com|gitlab\.com|linkedin\.com/in|hackerone\.com|bugcrowd\.com|keybase\.io|t\.me)/@?([\w.-]{2,40})",
    _FLAGS,
)
_LABEL = re.compile(
    r"(?im)^\W{0,4}(?P<what>(?:full |real |display )?name|handle|alias|nickname|username|pseudo(?:nym\w*)?|nom(?: complet)?|nombre|nome|link|lien|url|website|twitter|github|mastodon"
    r"|profile|profil|site)\b\W{0,3}[:=]\s*(?P<value>\S[^\n]*)$"
)
_LINK = re.compile(
    r"https?://[^\s<>\"'),;]+|(?<![@\w.])(?:[\w-]+\.)+(?:com|org|net|io|me|dev|fr|de|example|social|page|blog|info|eu|ai|sh|exchange)(?:/[^\s<>\"'),;]*)?(?![\w@])",
    _FLAGS,
)
_WORD = r"(?:[^\W\d_a-z\u00df-\u00f6\u00f8-\u00ff][\w'\u2019-]*\.?|[A-Z]\.)"
_FULL = rf"(?P<who>{_WORD}(?: (?:(?:van|von|de|der|den|di|da|do|dos|du|le|la|el|al|bin|ben|ter|zu) ){{0,2}}{_WORD}){{0,3}})"
_NICK = r"(?P<nick>[a-z0-9][a-z0-9_.-]{2,30})"
_QUOTED = re.compile(r"[\"“„«‘]\s*(?P<who>[^\"”“»’„«\n]{2,60}?)\s*[\"”“»’]")
_LEAD = r"(?:as|to|by|under(?: the (?:name|nick(?:name)?|handle|alias)(?: of)?)?|use|call me|comme|sous (?:le nom|le pseudo)(?: de)?|en tant que|als|como|come|bajo el nombre(?: de)?|sob o nome(?: de)?|publicly|add me|name me|credit me|thank me|list me|me citer|mention me|mettre|[ée]crire|inscrire|(?:mon|my) (?:nom|name),?)"
_NAMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b{_LEAD})\s*[:=,–—-]?\s*(?i:mr\.? |ms\.? )?{_FULL}",
        rf"\(\s*{_FULL}\s*[,)@]",
        rf"(?i:\b(?:name|nom|nombre|nome|alias|handle|nick(?:name)?)(?: for [^.!?\n]{{3,40}})?),?\s*[:=]?\s+(?i:is |est |[èée] )?(?:{_FULL}|{_NICK}(?=\s*[(.,]|\s*$))",
        rf"(?i:\b(?:mit|with|like|thank|list|mention|citer|citez|nennen|nennt))\s+{_FULL}",
        rf"(?i:^\W*(?:yes|yep|oui|sure|ja|s[íi]|sim|да|ok)(?!\w)\W*(?:please|bitte|gerne|por favor|merci)?\W*(?:(?:as|als|como|come|sous le nom de|under)\s)?\W*){_FULL}",
        rf"(?i:\b(?:credit(?:s|er|ez)?|cr[ée]dite[rz]?|cr[ée]dito)\s*(?:[:=]|->|→)?\s*(?:yes\W+|oui\W+|to )?){_FULL}",
        rf"(?i:\b(?:found|discovered|reported) by\s+){_FULL}",
        rf"^\W*(?i:please credit |credit )?{_FULL}\s*(?:[,(@\u2013/|-]|(?i:yes|please|oui)\b|\.?\s*$|of )",
        rf":\s*{_FULL}(?=\s*(?:[,.;@(/]|$))",
        rf"(?i:\b(?:as|under(?: the (?:name|nick(?:name)?|handle|alias)(?: of)?)?|call me|use|comme|sous (?:le nom|le pseudo)(?: de)?|als|como|come|mettre|[ée]crire|inscrire))\s+{_NICK}\b",
        rf"(?i:\b(?:to|by|credit(?:s|er|ez)?:?|cr[ée]dit\s?:))\s+(?=[\w.-]*[\d_]){_NICK}\b",
    )
)  # fmt: skip
_NOT_NAMES = re.compile(
    r"^(?:x|yes|no|please|me|public|credits?|thanks?|oui|non|i|you|my|the|we|your|kind|best|ja|nein|s[íi]|sim|n[ãa]o|hall|if|it|this|that|can|could|follows|link|name|cve|a|an|for|in|on|he|she|bitte|merci|gerne|twitter|github|linkedin|mastodon|handle|any|our|us|suit|well|is|are|and|appear|be|see|have|get|then|use|list|field|same|again|i['’](?:m|d|ve|ll)|je|ich|io|yo|eu)$",
    _FLAGS,
)


def find_credit(text: str, sections: list[Section]) -> Credit:
    """The wish with name, handle and link, or unknown."""
    own = [
        replace(s, body=_ticked(s.body))
        for s in sections
        if s.field == "credit" or "credit" in s.fields
    ]
    for section in own:
        answer = section.body.strip()[:MAX_ANSWER]
        refused = _BARE_NO.match(answer) or _NO.search(answer) or _denied(section, answer)
        if refused:
            return Credit(CreditWish.NO, evidence=_line(answer, refused.start()))
    refusal = _NO.search(text)
    if refusal:
        return Credit(CreditWish.NO, evidence=_line(text, refusal.start()))
    named = [s for s in sections if s.field == "reporter" and not WEAKNESS.search(s.body[:200])]
    authors = "\n".join(f"{s.title}: {s.body.partition(chr(10))[0]}" for s in named)
    for section in [*own, *(s for s in named if _YES.search(s.body))]:
        found = _answered(section)
        if found is not None:
            nearby = text[section.start :].partition("\n\n")[0]
            if found.name is None:
                return _with(_with(found, nearby), authors)
            return _with(found, "\n".join(label.group() for label in _LABEL.finditer(nearby)))
    named_only = Credit()  # "you may name me as N if it is fixed" leaves the wish open
    for wish in _YES.finditer(text):
        sentence = _sentence(text, wish.start(), wish.end())
        asks = _ASKS.search(sentence) and "?" in sentence and not _ASKS_AS.search(sentence)
        if DENIES.search(_clause(text, wish.start(), wish.end())):
            continue
        if not asks and not _CONDITION.search(sentence) and not _LATER.search(sentence):
            said = Credit(CreditWish.YES, *_details(_around(text, wish.start())), sentence)
            return said if said.name or said.handle else _with(said, authors)
        if not asks and named_only.name is None:
            named_only = _with(named_only, _around(text, wish.start()))
    return _leaning(text, authors) or _with(named_only, authors)


def _leaning(text: str, authors: str) -> Credit | None:
    """What the sentences lean to that speak of thanks in words of their own; a refusal wins."""
    said = [
        (match, sentence, leaning(sentence))
        for match in topics(text)
        if (sentence := _sentence(text, match.start(), match.end()))
    ]
    for wish in (CreditWish.NO, CreditWish.YES):
        for match, sentence, leans in said:
            if leans is not wish:
                continue
            if wish is CreditWish.NO:
                return Credit(wish, evidence=sentence[:300])
            found = Credit(wish, *_details(_around(text, match.start())), sentence[:300])
            return found if found.name or found.handle else _with(found, authors)
    return None


def _ticked(body: str) -> str:
    """An answer in boxes, "[x] Yes [ ] No", without what was not chosen."""
    chosen = re.sub(r"\[[ _]?\][ \t]*[^\[\n]{1,40}|[☐□][^☐□☑☒\n]{1,40}", "", body[:MAX_ANSWER])
    return re.sub(r"\[[xX✓✔]\]|[☑☒✅]", "", chosen) + body[MAX_ANSWER:]


def _denied(section: Section, answer: str) -> re.Match[str] | None:
    """A denial under a heading that asks for credit: "Mention: not necessary"."""
    first = answer.partition("\n\n")[0]
    if _BEGINS_YES.match(first):
        return None
    denial = DENIES.search(section.title) or DENIES.search(first)
    return denial if denial and _NAMING.search(f"{section.title}: {first}") else None


def _clause(text: str, start: int, end: int) -> str:
    """The words before a match that belong to the same clause, and the match."""
    before = text[max(0, start - 100) : start]
    cut = max((found.end() for found in _CLAUSE.finditer(before)), default=0)
    return before[cut:] + text[start:end]


def _answered(section: Section) -> Credit | None:
    """What stands under a heading that asks for credit; None when it decides nothing."""
    answer = section.body.strip()[:MAX_ANSWER]
    first = answer.partition("\n\n")[0]
    if not answer or "?" in first or _LATER.search(first) or re.match(r"[\[<(](?!@)", first):
        return None
    details = _details(first)
    if re.fullmatch(r"@?(?=[\w.-]*[\d_])[A-Za-z][\w.-]{2,30}", first.strip()):  # a nickname, sure
        return Credit(CreditWish.YES, None, first.strip(), None, _line(answer, 0))
    if DENIES.search(first) and not _BEGINS_YES.match(first):
        return None
    if _SAYS_YES.search(first) or _YES.search(f"{section.title}: {first}") or any(details):
        return Credit(CreditWish.YES, *details, _line(answer, 0))
    return None


def _with(credit: Credit, told: str) -> Credit:
    """Name, handle and link of author lines, where the wish itself gives none."""
    name, handle, link = _details(told[:MAX_ANSWER])
    return replace(
        credit,
        name=credit.name or name,
        handle=credit.handle or handle,
        link=credit.link or link,
    )


def is_wish(sentence: str) -> bool:
    """Whether a sentence speaks about credit, so that it is no part of another field."""
    if _YES.search(sentence) or _NO.search(sentence):
        return True
    return leaning(sentence) is not CreditWish.UNKNOWN


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)].strip()[:300]


_STOP = re.compile(r"(?<![\s\"“«(][A-Z])\. |[!?]|\n\n|\.\n")  # "R. Holzapfel" goes on


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a match, over line breaks."""
    begin = max(
        (text.rfind(mark, 0, start) for mark in (". ", "! ", "? ", "\n\n", ".\n")), default=0
    )
    stop = _STOP.search(text, end)
    return text[max(begin + 1, 0) : (stop.start() if stop else len(text)) + 1].strip()[:600]


def _around(text: str, at: int) -> str:
    """From the wish to the end of its paragraph: name, handle and link usually follow."""
    start = max(text.rfind("\n\n", 0, at) + 2, text.rfind(". ", 0, at) + 2, 0)
    end = text.find("\n\n", at)
    return text[min(start, at) : end if end >= 0 else len(text)].strip()[:MAX_ANSWER]


def _details(block: str) -> tuple[str | None, str | None, str | None]:
    """(name, handle, link) as a wish or an answer gives them."""
    block = restore(block)
    name = handle = link = None
    for match in _LABEL.finditer(block):
        what, value = match["what"].lower(), match["value"].strip(' *_`\t"“”«»')
        if _BARE_NO.match(value):
            continue
        if (
            what.endswith(("name", "nome"))
            and what not in ("username", "nickname")
            or what.startswith(("nom",))
        ):
            name = name or value
        elif what in ("link", "lien", "url", "website", "profile", "profil", "site"):
            link = link or value
        else:
            handle = handle or value
    found_handle = _HANDLE.search(block)
    social = _SOCIAL.search(block)
    called = _CALLED.search(block) or _ALONE.match(block)
    if handle is None and found_handle:
        handle = "@" + found_handle.group(1)
    elif handle is None and called and not _NOT_NAMES.match(called["nick"]):
        handle = called["nick"]
    elif handle is None and social:
        handle = social.group(1)
    found_link = _LINK.search(block)
    if link is None and found_link:
        link = found_link.group().rstrip(".,;")
    name = name or _name_of(block)
    if name and handle is None and re.fullmatch(_NICK, name):
        handle = name
    return name, handle, link


def _name_of(block: str) -> str | None:
    flat = re.sub(r"\s*\n\s*", " ", block)
    bare = _LINK.sub(" ", flat)
    quoted = _QUOTED.search(bare)
    if quoted:
        return _without_extras(quoted["who"])
    for pattern in _NAMES:
        for found in pattern.finditer(bare):
            who = found.groupdict().get("who") or found.groupdict().get("nick") or ""
            words = who.split()
            while words and _NOT_NAMES.match(words[0].rstrip(".")):
                words.pop(0)
            who = " ".join(words)
            if who:
                return who if re.search(r"\b[A-Z]\.$", who) else who.rstrip(".")
    return None


def _without_extras(who: str) -> str | None:
    return re.split(r"\s[(/|@]|\s[-–—]\s", who)[0].strip(" ,;") or None
