"""How a wish to be named in public is said, refused, put off or made conditional."""

from __future__ import annotations

import re

from inboxd.core.words import pattern

_CREDITED = r"(?:credit(?:s|ed|ing)?|acknowledged|acknowledgement|acknowledgment|recogni[sz]ed|recognition|hall of fame|attribution|mentioned|listed|named|thanked)"
_WHO_IS_NOT_TOLD = "".join(  # an anonymous user, window, session: no wish
    f"(?<!{what} )"
    for what in (
        "usuario utente usuário visitante cliente janela aba guia finestra scheda ventana pestaña sesión "
        "sessão sessione modo navegación navegação navegador navigazione acceso acesso accesso petición "
        "requisição richiesta conta cuenta perfil"
    ).split()
)
NO = pattern(
    rf"""
    \b(?:
        do not|don['’]?t|please (?:do )?not?|no need (?:for|to)|rather not|prefer not|would not
        wouldn['’]t
        not (?:(?:to )?be|want|wish|like|need)
        never|decline|refuse
    )\b[^.!?\n]{{0,40}}\b(?:
        {_CREDITED}|credit me|name me|mention me|thank me|list me|my name|my handle|my identity
        publish (?:anything about me|me)
    )\b
    \b(?:
        stay|remain|keep me|be|kept|report(?:ing|ed)?
    ) (?:\w+ )?anonymous(?:ly)?\b(?! (?:user|access|visitor|request|login|session))
    \bkeep (?:me|this) anonymous|\banonymity\b
    \banonymous (?:please|only|report(?:er)?)\b
    \bplease[^.!?\n]{{0,20}}anonymous\b
    \brather (?:my name|i) (?:\w+ )?(?:
        stay(?:ed)?|remain(?:ed)?|be|were|was|not
    ) ?(?:out|anonymous|unnamed|not|named)?\b
    \bmy name (?:should |must |to )?(?:stays?|be kept|remains?) (?:out|private|secret)
    \b(?:don['’]?t|do not|never) (?:put|use|publish|print|mention|show) my (?:name|identity)
    (?:pas la peine|pas besoin|inutile|pas n[ée]cessaire) de (?:
        me (?:citer|nommer|mentionner|remercier|cr[ée]diter)
        (?:mettre|citer|publier) mon nom
    )
    \b(?:stay|be|remain|keep me|kept|left) out of (?:any|your|the|all) (?:public )?(?:
        lists?|hall|credits?|acknowledg\w+|thanks
    )
    \bno interest in (?:being )?(?:mention\w*|credit\w*|nam\w+|acknowledg\w+)
    \b(?:leave|keep) (?:me|my name|us) (?:out|private|secret|confidential|unmentioned|off)\b
    \bpublish nothing about me\b
    \bwithout (?:my name|naming me|mentioning me|credit(?:ing me)?)\b
    \bno (?:public )?(?:credits?|acknowledge?ments?|attribution|recognition|name)\b(?! (?:cards?|system|check))[^.\n]{{0,12}}(?:
        please|needed|required|wanted|necessary|thanks|pls|[.!]|$
    )
    \bcredits? (?:is |are )?(?:not|un)[ -]?(?:needed|wanted|necessary|required)\b
    \bi (?:do not|don['’]?t) (?:want|need|care about) (?:any |a |public |the )?(?:
        credits?|recognition|acknowledg\w+|my name
    )
    \bn['’]appara(?:isse|[iî]t(?:re)?|issions) (?:nulle part|pas)
    \b(?:ne souhaite|pr[ée]f[èe]re)\b[^.!?\n]{{0,30}}\bnulle part\b
    \b(?:rester|demeurer|garde[rz]|conserver|reste)[^.!?\n]{{0,25}}anonym\w*
    \bl['’]anonymat\b|\banonymement\b
    \bne (?:pas|point|jamais) (?:
        publier|citer|mentionner|mettre|indiquer|diffuser|r[ée]v[ée]ler|divulguer
    ) mon (?:nom|pseudo|identit[ée])
    \bne (?:pas|point|jamais) (?:me |nous |m['’])?(?:
        citer|mentionner|cr[ée]diter|nommer|remercier|appara[iî]tre|figurer
    )
    \bne (?:me |souhaite |veux |d[ée]sire |voudrais |m['’])\w*[^.!?\n]{{0,30}}\bpas\b[^.!?\n]{{0,40}}(?:
        cit\w+|mentionn\w+|cr[ée]dit\w*|nomm\w+|appara\w+|nom\b
    )
    \b(?:pas|aucune?|sans) (?:de |besoin de |mention de )?(?:
        cr[ée]dit\w*|mention|remerciements?|nom publi\w+|mon nom
    )\b
    \bpas besoin d['’][êe]tre (?:cit|nomm|mentionn|cr[ée]dit)
    \bnennung[^.!?\n]{{0,30}}\bnicht\b
    \bnicht (?:genannt|erw[äa]hnt) (?:werden|zu werden)
    \bbleibe?n? (?:\w+ ){{0,3}}anonym\b
    \banonym bleiben\b
    \b(?:nicht|keine?n?)\b[^.!?\n]{{0,40}}\b(?:
        genannt|namentlich|nennung|namensnennung|erw[äa]hn\w+|danksagung
    )\b
    \bnennen sie mich (?:bitte )?nicht\b
    \b(?:no|sin|prefiero no|não|nao|sem|non|senza|preferisco non|prefiro n[ãa]o)\b[^.!?\n]{{0,40}}\b(?:
        acreditad\w*|mencionad\w*|mencionen|menci[oó]n|cr[ée]ditos?|nombren|nombrad\w|citat\w
        menzionat\w|ringraziat\w|credito|creditad\w*|citad\w
    )\b
    {_WHO_IS_NOT_TOLD}\b(?:an[oóô]nim[oa])\b(?! (?:consegue|pode|puede|può))
    \bне (?:
        указыва\w+|упомина\w+|публикуйте|нужно указывать|хочу
    )\b[^.!?\n]{{0,30}}(?:имя|имени|меня|автор\w*)?
    \bанонимн(?:о|ым|ой)\b
    不(?:需要|要|用|希望|想|必)[^。\n]{{0,8}}(?:致谢|署名|公开|姓名|鸣谢|credit)
    无需[^。\n]{{0,6}}(?:致谢|署名|公开)|不必[^。\n]{{0,6}}(?:致谢|署名)|希望しない|匿名(?!用户|访客|访问|の?ユーザ|希望)
    (?:掲載|クレジット|謝辞|氏名|名前)[^。\n]{{0,12}}(?:希望しません|希望しない|不要|望みません|しないで|控え)
    希望しません
    无需[^。\n]{{0,6}}(?:致谢|署名|公开)|不必[^。\n]{{0,6}}(?:致谢|署名)
    \b(?:blijf|wil|wens)\b[^.!?\n]{{0,20}}\banoniem\b
    \bmijn naam (?:hoeft|moet|mag)\b[^.!?\n]{{0,20}}\b(?:niet|nergens)\b
    \b(?:hoef|wil)\b[^.!?\n]{{0,30}}\bniet (?:genoemd|vermeld)\b
    """,
)
YES = pattern(
    rf"""
    \b(?:
        please|pls|kindly|feel free to|you (?:can|may|could)|u can|also|then
    )\b[^.!?\n]{{0,25}}\b(?:
        credit|name|list|mention|thank|add|include|cite|acknowledge
    )\s+(?:me\b|us\b|my (?:name|handle|company|team)|[\"'“„«@])(?! (?:not|if|unless|when|once))
    \b(?:please|you (?:can|may)) (?:give )?(?:the )?credit(?:s)?\b(?! (?:card|if|is|my (?:account|card)|to (?:the|your|my account)|the (?!company|firm|finding|find|team|finder|reporter|lab|discovery|research|report|vulnerability|bug|issue|flaw)|your)\b)
    \b(?:give|add|put) (?:the |me )?credits? (?:to|for)\b(?! (?:the (?!finder|team|reporter|researcher)|your|my account))
    \b(?:please|i['’]?d|like|love)\b[^.!?\n]{{0,20}}\bput me (?:on|in)\b
    \b(?:i|we)(?:['’]d| would| am| ['’]?m)?\s?(?:also |really |very )?(?:
        like|love|appreciate
        be (?:happy|glad|hono[u]?red|pleased|proud|delighted)
        want|wish|prefer|happy|glad
    )\b[^.!?\n]{{0,60}}\b(?!(?<=\ban )acknowledge?ment\b(?! (?:on|in|of)\b)){_CREDITED}\b
    \b(?:happy|glad|like|love|pleased|want|wish|ok|fine|okay) to be {_CREDITED}\b
    \bfine with (?:being )?{_CREDITED}\b
    \b(?:glad|happy|pleased|grateful|delighted) (?:about|with|for|of) (?:an? )?(?:public |short |small )?(?:
        mention|credit|acknowledge?ment|line|entry|place
    )
    \bmention(?:ing)?(?: me)? (?:is|are|would be) (?:very |most )?welcome\b
    \bplease with my (?:full |real )?name\b
    \bmy name (?:on|in) (?:it|that|there|one|them|your \w+|the \w+) would\b
    \blove to see [^\n]{{2,60}} (?:on|in) (?:your|the) (?:
        thank\w*|credit\w*|acknowledge?ment\w*|hall
    )
    \bcall me \S+ in (?:your|the)\b
    \bpour (?:les |vos )?(?:remerciements|cr[ée]dits?)\s*[:,]\s*(?=@\w)
    \bcredit [\"“'][^\"”'\n]{{2,40}}[\"”'],? (?:pls|please|thanks)\b
    \bcredits?\s*:\s*(?=[\w.-]*[\d_])[A-Za-z][\w.-]{{2,30}}\s*$
    \b(?:
        acknowledge?ments?|credits?|thanks|hall of fame
    )\b[^.!?\n]{{0,12}},? (?:please )?use [\"“]
    \bgive credit to [\"“]
    \bput (?:me|my (?:full )?name) (?:on|in)\b
    \bquote me\b|\bcredits? go(?:es)? to\b(?! whoever)
    \bcredits? for (?:both|all|this|these|it|the \w+)\s*:\s*\S
    \b(?:want|like|love)(?: to)? (?:appear|be|see myself|figure) (?:in|on) (?:the|your|it|that)\b
    \bthanks page\s*:\s*(?:yes|sure)
    \b(?:acknowledge|credit|name|mention|list|thank) me\s*\?\s*(?:yes|sure|please)
    \bmy name on (?:the|your|their) (?:wall|page|site|list)
    \bcredit me\b(?! (?:not|if|unless))
    \bcredits? (?:to|goes to|should go to|as)\b[:\s]+(?!(?:the|your|my account|whoever)\b)[\w@\"“«„'(]
    \b(?:public )?credit(?:s)?(?: wanted| requested)?\s*(?:[:?=]|->|→)\s*(?:
        yes|wanted|welcome|please|sure|yep|ok
    )\b
    \bcredit (?:is )?(?:wanted|welcome|requested|appreciated|fine|ok(?:ay)?)\b
    \bcredit(?:s)? (?:for (?:all|both|this|these|it)[^:.\n]{{0,20}})?:\s*[^.\n]{{0,60}}\b(?:yes|please|oui)\b
    \b(?:can|could|may) (?:i|we) be (?:
        credited|listed|named|mentioned|acknowledged|thanked
    )\b[^.?!\n]{{0,40}}\bas\b
    \byou (?:can|may) (?:use|publish) my (?:real |full )?name\b
    \b(?:name|list|credit|mention|thank|acknowledge) me (?:as|in your|on your|publicly|with)\b
    \b(?:name|handle|nick(?:name)?|alias) for (?:the |your )?(?:
        credits?|hall of fame|thanks?|thank-?you|acknowledge?ments?
    )(?: page| list| section)?\s*[:=]\s*\S
    \b(?:je (?:souhaite(?:rais)?|voudrais|veux|aimerais|serais (?:heureu\w+|ravi\w*|content\w*))|vous pouvez|merci de|veuillez|oui)\b(?! ne\b)[^.!?\n]{{0,60}}\b(?:
        cr[ée]dit[ée]?\w*|mentionn\w+
        remerci\w* (?:publiquement|sur|dans)
        me remercier|me cit\w+|[êe]tre cit[ée]e?|hall of fame
        page de (?:reconnaissance|remerciements)
    )\b
    \b(?:vous pouvez|oui,? vous pouvez|pouvez) (?:
        mettre|[ée]crire|ajouter|inscrire|afficher
    ) (?:
        mon (?:nom|pseudo)|(?-i:[A-Z]\S+(?: [A-Z]\S*)?)
    )[^.!?\n]{{0,20}} (?:dans|sur) (?:les|vos|votre|la)
    \b(?:j['’]aimerais|je souhaite(?:rais)?|je voudrais) (?:figurer|appara[iî]tre) (?:dans|sur)
    \b(?:falls|wenn) sie[^.!?\n]{{0,40}}(?:nennen|auff[üu]hren)[^.!?\n]{{0,20}}\bbitte als\b
    \b(?:vous pouvez|merci de|veuillez|pri[èe]re de) (?:
        citer|mentionner|publier|indiquer|mettre|afficher
    ) mon (?:nom|pseudo|pr[ée]nom)\b
    \bcr[ée]dit(?:ez|er)[- ]moi\b
    \bcr[ée]dit (?:public )?\s*[:?]\s*(?:oui|souhait[ée])\b
    \bme citer\s*[:?]\s*oui\b
    \b(?:
        ich (?:m[öo]chte|w[üu]rde)|gerne?|bitte|sie (?:k[öo]nnen|d[üu]rfen)
    )\b(?![^.!?\n]{{0,60}}\bnicht\b)[^.!?\n]{{0,60}}\b(?:
        genannt|erw[äa]hn\w+|nennen(?! sie (?:mir|uns))|danksagung|namentlich
    )\b
    \bdanksagung\s*:\s*ja\b
    \b(?:quiero|quisiera|me gustar[íi]a|pueden?|deseo)\b[^.!?\n]{{0,50}}\b(?:
        acreditad\w+|acreditarme|mencionad\w+|mencionarme|cr[ée]ditos?|reconocimiento
        agradecimientos
    )\b
    \bcr[ée]ditos?\s*:\s*s[íi]\b
    \b(?:vorrei|mi piacerebbe|potete|desidero)\b[^.!?\n]{{0,50}}\b(?:
        citat\w|citarmi|menzionat\w|menzionarmi|ringraziat\w|ringraziarmi|riconosciment\w
    )\b
    \b(?:gostaria|quero|podem|desejo)\b[^.!?\n]{{0,50}}\b(?:
        creditad\w|mencionad\w|cr[ée]ditos?(?! d[aeo])|me citar|agradeciment\w+
    )\b
    \b(?:
        прошу|можете|хочу|хотел\w* бы|буду рад\w?
    )\b[^.!?\n]{{0,50}}(?:указать|упомян\w+|благодарност\w+)
    (?:希望|请|可以)[^。\n]{{0,10}}(?:致谢|署名|公开)
    (?:掲載|クレジット|氏名)[^。\n]{{0,12}}(?:希望します|お願いします|可)
    """,
    re.IGNORECASE | re.MULTILINE,
)
SAYS_YES = re.compile(
    r"(?:^\W*(?:y|yep|sure|ok|okay|ja|s[íi]|sim|да|yes|oui|是|可以|好|はい|希望します)(?!\w)|\b(?:yes|oui)\b)",
    re.IGNORECASE,
)
BEGINS_YES = re.compile(
    r"\W*(?:y|yes|yep|yeah|sure|ok|okay|oui|ja|s[íi]|sim|да|是|好|はい)(?!\w)", re.IGNORECASE
)
BARE_NO = re.compile(
    r"^\W*(?:n(?=\s*(?:\n|$))|(?:please |[àa] |bitte )?(?:omit(?: (?:me|us|it))?|omettre|leave (?:it|me|us) out|weglassen)(?=\W*(?:\n|$))|no|none|nope|non|not (?:wanted|needed|necessary|required|requested)|hoeft niet|n/a|anonym\w*|pas (?:la peine|n[ée]cessaire|besoin|utile)|inutile|nein|(?:liever )?niet|нет|aucun\w*|keine\w*|nicht\w*|не (?:нужн\w+|требу\w+|надо|хочу)|ninguno|nessuno|n[ãa]o|no gracias|否|不|なし|不要(?:です)?|不需要|希望しません|希望しない|无需\w*|sans objet)(?![\w@])",
    re.IGNORECASE,
)
NAMING = re.compile(
    r"\b(?:publi\w+|nam\w+|credit\w*|mention\w*|list\w*|identi\w+|acknowledg\w+|thank\w*|necessary|needed|required|wanted|nom\w*|nenn\w+|nombr\w+)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[,;:.!?\n]|\b(?:but|mais|aber|pero|mas|ma|and|et|und)\b", re.IGNORECASE)
ASKS_ABOUT = re.compile(
    r"\b(?:do you|would you|is it possible|can i|could i|may i|will i|do i|should i|would i|shall i|est-ce que|puis-je|gibt es|tienen)\b",
    re.IGNORECASE,
)
ASKS_AS = re.compile(r"\bbe \w+[^.?!\n]{0,40}\bas\b", re.IGNORECASE)
MONEY = re.compile(  # and what is said to be no trouble
    r"\bno (?:hard feelings|worries|problem|pressure|rush|offen[cs]e)\b|[^.!?\n]*\b(?:r[ée]compense|r[ée]mun[ée]ration|rewards?|bount(?:y|ies)|money|payment|belohnung|recompensa|ricompensa)\b[^.!?\n]*(?:[.!?]\s*|\n|$)",
    re.IGNORECASE,
)
