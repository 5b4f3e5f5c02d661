"""How the name, the handle and the link stand in a wish to be named."""

from __future__ import annotations

import re

HANDLE = re.compile(
    r"(?<![\w./+-])@([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,37}[A-Za-z0-9_])?(?:@(?:[\w-]+\.)+[a-z]{2,12})?)"
)
CALLED = re.compile(  # "handle `ilkka_rd`", "apelido rosaq e o link ..."
    r"\b(?:handle|nick(?:name)?|alias|username|pseudo(?:nym\w*)?|apelido|apodo|soprannome|spitzname|ник(?:ом|нейм)?)\b[\s:=]{1,3}(?:is |est )?[`\"'“«]?(?P<nick>[A-Za-z0-9][\w.-]{1,30}?)"
    r"(?=[`\"'”»]?(?:\s*(?:[,.;()|/]|$)|\s+(?:and|or|et|e|y|und|with|avec)\b))",
    re.IGNORECASE | re.MULTILINE,
)
AKA = re.compile(  # "Jonas Wahl (aka hexkettle)", "GitHub: rubokafor", "yes!! junobytes -> ..."
    r"\b(?:aka|a\.k\.a\.|alias|dit|github|gitlab|hackerone|bugcrowd|twitter|mastodon|bluesky|keybase|h1)\b\s*[:=]?\s*[\"“«`@]?(?P<nick>(?!\.)[A-Za-z0-9][\w.-]{2,30}?)(?=[\"”»`)]|\s*(?:[,;()|]|$|\.\s))"
    r"|^\W*(?:yes|oui|ja|sure|ok)\b\W+(?P<yes>(?=[a-z0-9._-]+\s*(?:→|->|=>|\(|$))(?=[\w.-]*[\d_→]|[\w.-]+\s*(?:→|->|=>|\())[a-z0-9][\w.-]{2,30})",
    re.IGNORECASE | re.MULTILINE,
)
NICK_ALONE = re.compile(
    r"\W{0,3}(?P<nick>(?:(?=[\w.-]*[\d_])[A-Za-z][\w.-]{2,30}(?=\s*(?:[(|,/]|$))|[a-z][\w.-]{2,30}(?=\s*\()))"
)
SOCIAL = re.compile(
    r"\b(?:x\.com|twitter\.com|github\.com|gitlab\.com|linkedin\.com/in|hackerone\.com|bugcrowd\.com|keybase\.io|t\.me)/@?([\w.-]{2,40})",
    re.IGNORECASE,
)
NAME_LABEL = re.compile(
    r"(?im)^\W{0,4}(?P<what>(?:full |real |display )?name|handle|alias|nickname|username|pseudo(?:nym\w*)?|nom(?: complet)?|nombre|nome|link|lien|url|website|twitter|github|mastodon"
    r"|profile|profil|site)\b\W{0,3}[:=]\s*(?P<value>\S[^\n]*)$"
)
LINK = re.compile(
    r"https?://[^\s<>\"'),;]+|(?<![@\w.])(?:[\w-]+\.)+(?:com|org|net|io|me|dev|fr|de|example|social|page|blog|info|eu|ai|sh|exchange)(?:/[^\s<>\"'),;]*)?(?![\w@])",
    re.IGNORECASE,
)
_WORD = r"(?:[A-Z]\w{0,2}\.(?:[ -]?[A-Z]\.)*|[^\W\d_a-z\u00df-\u00f6\u00f8-\u00ff][\w'\u2019-]*)"
FULL = rf"(?P<who>{_WORD}(?: (?:(?:van|von|de|der|den|di|da|do|dos|du|le|la|el|al|bin|ben|ter|zu) ){{0,2}}{_WORD}){{0,3}})"
SEVERAL = re.compile(  # "Noor Halabi, Chet Wyndham and Paula Estevane": two words each or more
    rf"(?<![\w@])(?P<who>{_WORD}(?: {_WORD}){{1,3}}(?:(?:, | and | & | et | und | y | e |, and ){_WORD}(?: {_WORD}){{1,3}}){{0,5}})(?![\w@])"
)
NICK = r"(?P<nick>[a-z0-9][a-z0-9_.-]{2,30})"
QUOTED = re.compile(r"[\"“„«‘]\s*(?P<who>[^\"”“»’„«\n]{2,60}?)\s*[\"”“»’]")
_LEAD = r"(?:as|to|by|under(?: the (?:name|nick(?:name)?|handle|alias)(?: of)?)?|use|call me|comme|sous (?:le nom|le pseudo)(?: de)?|en tant que|als|como|come|bajo el nombre(?: de)?|sob o nome(?: de)?|publicly|add me|name me|credit me|thank me|list me|me citer|mention me|mettre|[ée]crire|inscrire|(?:mon|my) (?:nom|name),?)"
NAMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b{_LEAD})\s*[:=,–—-]?\s*(?i:mr\.? |ms\.? )?{FULL}",
        rf"^\W*{FULL} is (?:how|the name|what)\b",
        rf"\(\s*{FULL}\s*[,)@]",
        rf"(?i:\b(?:name|nom|nombre|nome|alias|handle|nick(?:name)?)(?: for [^.!?\n]{{3,40}})?),?\s*[:=]?\s+(?i:is |est |[èée] )?(?:{FULL}|{NICK}(?=\s*[(.,]|\s*$))",
        rf"(?i:\b(?:mit|with|like|thank|list|mention|citer|citez|nennen|nennt))\s+{FULL}",
        rf"(?i:^\W*(?:yes|yep|oui|sure|ja|s[íi]|sim|да|ok)(?!\w)\W*(?:please|bitte|gerne|por favor|merci)?\W*(?:(?:as|als|como|come|sous le nom de|under)\s)?\W*){FULL}",
        rf"(?i:\b(?:credit(?:s|er|ez)?|cr[ée]dite[rz]?|cr[ée]dito)\s*(?:[:=]|->|→)?\s*(?:yes\W+|oui\W+|to )?){FULL}",
        rf"(?i:\b(?:(?:found|discovered|reported) by|due to)\s+){FULL}",
        rf"^\W*(?i:please credit |credit )?{FULL}\s*(?:[,(@\u2013/|-]|(?i:yes|please|oui)\b|\.?\s*$|of )",
        rf":\s*{FULL}(?=\s*(?:[,.;@(/]|$))",
        rf"(?i:\b(?:as|under(?: the (?:name|nick(?:name)?|handle|alias)(?: of)?)?|call me|use|comme|sous (?:le nom|le pseudo)(?: de)?|als|como|come|mettre|[ée]crire|inscrire))\s+{NICK}\b",
        rf"(?i:\b(?:to|by|credit(?:s|er|ez)?:?|cr[ée]dit\s?:))\s+(?=[\w.-]*[\d_]){NICK}\b",
    )
)  # fmt: skip
NOT_NAMES = re.compile(
    r"^(?:namen|nome|nombre|nom|x|yes|no|please|pls|plz|me|public|credits?|thanks?|oui|non|i|you|my|the|we|your|kind|best|ja|nein|s[íi]|sim|n[ãa]o|hall|if|it|this|that|can|could|follows|link|name|cve|a|an|for|in|on|he|she|bitte|merci|gerne|twitter|github|linkedin|mastodon|handle|any|our|us|suit|well|is|are|and|appear|be|see|have|get|then|use|list|field|same|again|enough|only|there|with|mon|mes|pour|vous|nous|comme|finder|hmm+|well|good|named|vedremo|comment|sie|citez|kindly|feel|let|team|real|first|last|full|nick|seulement|uniquement|si|falls|como|come|please|dear|sir|regards|cordialement|bien|gruss|i['’](?:m|d|ve|ll)|je|ich|io|yo|eu)$",
    re.IGNORECASE,
)
