"""Being named in public, put together: who is named, what is done with the name, and where.

One table of whole phrases for each language could not keep up with what people write; these are
the pieces that such phrases are made of, and how they go together.
"""

from __future__ import annotations

from inboxd.core.words import by_language

_ME = r"(?:me|us|(?:my|our) (?:\w+ ){0,2}(?:names?|handle|nick\w*|alias|pseudonym|initials)|(?:the two|both|all) of us)"
_SOMEBODY = r"(?:[\"“«„'‘@](?=\w)|(?-i:[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+))"
_DO = r"(?:credit|cite|mention|acknowledge|thank|list|name|immortali[sz]e|recogni[sz]e|quote)"
_SHOW = r"(?:want|like|prefer|use|publish|print|show|display|put|write|add|include|enter|have|see|find|stick|set|place|drop|get|sneak|squeeze)"
_PLACE = r"(?:advisor(?:y|ies)|(?:security )?bulletins?|hall of (?:fame|thanks|honou?r|heroes)|walls?(?: of \w+)?|(?:thanks?|thank[- ]?yous?|acknowledge?ments?|credits?|security|contributors?|researchers?|honou?rs?|finders?|reporters?|web|kudos|recognition)[ -]?(?:page|list|roll|section|board|wall|site|notes?)|lists? of (?:thanks|names|researchers|finders|reporters|contributors|people|honou?r)|acknowledge?ments?|credits|thanks|release notes|change ?log|cve(?: (?:record|entry|json))?|write-?up|post-?mortem|roll of honou?r|security\.md|blog ?posts?|website|announcement|communiqu[ée]|that (?:list|page|wall)|public(?:ation|ly)?)"
_THERE = rf"(?:in|on|onto|into|to|at|among|amongst) (?:\w+ ){{0,3}}{_PLACE}"
_LINE = r"(?:line|mention|entry|place|spot|credit|shout-?out|thank[- ]?you|nod|slot)"
_MAY = r"(?:welcome|happy|glad|fine|okay?|free|permission|consent|blessing|agreement|allowed|go ahead|pleased|willing|no objection)"

ME_NAMED = by_language(  # with a word of will beside it
    en=rf"""
        \b{_DO} {_ME}\b|\b(?:publish|print|use|show|go public with) (?:my|our) (?:\w+ ){{0,2}}(?:names?|handle|nick\w*|alias)\b
        \b(?:credit|cite|acknowledge) (?:the (?:discovery|finding) to )?{_SOMEBODY}|\battribute (?:it|this|the \w+)(?: \w+)? to (?:me|us|{_SOMEBODY})|\bsay (?:publicly|in public) that (?:i|we)\b
        \b{_SHOW} (?:{_ME}\b|{_SOMEBODY})[^.!?]{{0,40}}\b{_THERE}\b
        \b(?:be|being|appear|figure|stand|show up|feature|go|land|turn up|see (?:myself|ourselves)) (?:\w+ ){{0,3}}{_THERE}\b
        \ban? (?:\w+ ){{0,2}}{_LINE}\b(?: \w+){{0,6}}? {_THERE}\b
        \b{_LINE} (?:with|under|for|of) (?:my|our) (?:\w+ ){{0,2}}(?:names?|handle|nick\w*|alias)\b
        \b(?:my|our) (?:\w+ ){{0,2}}(?:names?|handle|nick\w*|alias)(?: \([^()]{{2,60}}\)|, [^.,!?]{{2,60}},)? (?:\w+ ){{0,2}}{_THERE}\b
        \b(?:named|credited|mentioned|thanked|listed|acknowledged|cited|recogni[sz]ed)(?: \w+){{0,3}}? {_THERE}\b
        \b(?:named|credited|mentioned|acknowledged|recogni[sz]ed) (?:by name|publicly|in public|as|under)\b
    """,
    fr=r"""
        \b(?:me|m['’]|nous|moi)\s?(?:citer|nommer|mentionner|cr[ée]diter|remercier publiquement|faire (?:figurer|appara[iî]tre))\b
        \b(?:citer|nommer|mentionner|cr[ée]diter) (?:notre|ma (?:soci[ée]t[ée]|coll[èe]gue)|la soci[ée]t[ée]|le cabinet|l['’][ée]quipe|(?-i:[A-Z])\w+ (?-i:[A-Z])|[«“"])
        \bpour (?:les?|la|vos|votre) (?:remerciements?|hall of fame|page (?:web|publique|de remerciements)|cr[ée]dits?)\b[^.!?]{0,12}\b(?:prenez|utilisez|notez|mettez|mon|c['’]est)\b|\b(?:mon|son|notre) nom (?:y )?(?:soit|figure|apparaisse)\b|\bl?['’]?attribuer(?:ez)? [àa] (?-i:[A-Z])
        \b[êe]tre (?:publiquement )?(?:cit|nomm|mentionn|cr[ée]dit|list|inscrit|ajout)[ée]*e?s?\b
        \b(?:figurer|appara[iî]tre|para[iî]tre|inscri\w+|ajout\w+|mett\w+|affich\w+|place|(?:mon|notre|son) nom)\b[^.!?]{0,50}\b(?:dans|sur|au|aux|parmi|à) (?:(?:\w+['’ ]){0,3}?(?:avis|bulletin|remerciements?|mur|tableau d['’]honneur|palmar[èe]s|panth[ée]on|hall of fame|cr[ée]dits|notes? de version|changelog|communiqu[ée]|contributeurs)|(?:vos|votre) (?:page|liste|site|rubrique))\b
        \b(?:mon|notre|son|leur) (?:\w+ ){0,2}(?:nom|pseudo\w*|pr[ée]nom|alias)\b[^.!?]{0,40}\b(?:publi|cit|mentionn|appara|figur|affich|indiqu)\w+
        \b(?:publi|cit|mentionn|affich|utilis|indiqu|mett)\w+ (?:mon|notre|son) (?:\w+ ){0,2}(?:nom|pseudo\w*|pr[ée]nom|alias|[ée]quipe|cabinet)\b
        \b(?:une?|petite?|simple) (?:\w+ ){0,2}(?:ligne|mention|place|citation) (?:\w+ ){0,3}?(?:dans|sur|au|aux|avec mon nom|[àa] mon nom)\b
    """,
    de=r"""
        \bmit (?:der|einer|meiner) (?:namens)?(?:nennung|erw[äa]hnung)\b|\bals (?:entdecker|finder|melder)\w* (?:tragen|nennen|bitte|geben|f[üu]hren)\b
        \b(?:mich|uns|meinen (?:\w+ )?namen|unsere namen)\b[^.!?]{0,50}\b(?:nennen|erw[äa]hnen|auff[üu]hren|aufnehmen|setzen|schreiben|eintragen|ver[öo]ffentlichen|vermerken|auflisten|angeben|drucken)\b
        \b(?:nennen?|nennt|erw[äa]hnen?|erw[äa]hnt|setzen?|setzt|schreiben?|schreibt|tragen?|tragt|f[üu]hren?|f[üu]hrt|nehmen|nehmt|ver[öo]ffentlichen?|ver[öo]ffentlicht|vermerken?|vermerkt|listen|listet) (?:sie |ihr )?(?:\w+ ){0,2}?(?:mich|uns|meinen namen|unsere namen)\b
        \b(?:nennung|erw[äa]hnung|eintrag|platz|danksagung|stehen|erscheinen|auftauchen|aufgef[üu]hrt|genannt|mein(?:en)? namen?)\b[^.!?]{0,40}\b(?:in|im|auf|bei|unter) (?:\w+ ){0,2}(?:\w*danksagung\w*|dank\w*seite|dankesliste|ehrentafel|bestenliste|bulletin|hinweis|advisory|meldung|ver[öo]ffentlichung|\w*finder\w*|liste|seite|changelog|release notes|hall of fame|mitteilung|bekanntmachung|wall of fame)\b
    """,
    es=r"""
        \ben (?:los|sus) (?:cr[ée]ditos|agradecimientos) (?:escriban|pongan|incluyan|usen)\b
        \b(?:mencionar|nombrar|citar|acreditar|incluir|poner)(?:me|nos)\b|\b(?:me|nos) (?:mencion|nombr|cit|acredit|inclu|pong)\w+
        \b(?:mi|nuestro) (?:\w+ )?(?:nombre|apodo|alias|nick)\b[^.!?]{0,40}\b(?:en|p[úu]blic\w+|public\w+)\b|\bpublicar (?:mi|nuestro) nombre\b
        \b(?:ser|aparecer|figurar|salir|constar|estar|verme)\b[^.!?]{0,30}\ben (?:\w+ ){0,3}(?:agradecimientos|p[áa]gina|lista|aviso|bolet[íi]n|cr[ée]ditos|sal[óo]n|muro|web)\b|\bser (?:citad|nombrad|mencionad|acreditad)[oa]s?\b
    """,
    it=r"""
        \bnei crediti\b[^.!?]{0,20}\b(?:inserite|scrivete|mettete)\b
        \b(?:menzionar|citar|nominar|inserir|ringraziar|accreditar)(?:mi|ci)\b|\b(?:mett|inser|cit|menzion|nomin)\w+ (?:pure )?(?:il mio nome|me\b)|\bmette(?:te|re)mi\b
        \b(?:il mio|il nostro) (?:\w+ )?(?:nome|nick\w*|pseudonimo)\b[^.!?]{0,40}\b(?:in|nel\w*|sul\w*|pubblic\w+)\b
        \b(?:essere|comparire|apparire|figurare|esserci|stare|finire)\b[^.!?]{0,30}\b(?:nel\w*|sul\w*|tra|fra) (?:\w+ ){0,3}(?:ringraziamenti|pagina|lista|avviso|bollettino|crediti|sito|muro)\b|\bessere (?:citat|nominat|menzionat)[oaie]\b|\bpagina dei ringraziamenti\b
    """,
    pt=r"""
        \bquest[ãa]o do cr[ée]dito\b|\b(?:nomear|citar|mencionar) a nossa (?:equipa|equipe|empresa)\b
        \b(?:mencionar|citar|nomear|creditar|incluir|colocar)-?(?:me|nos)\b|\bme (?:mencion|cit|nome|credit|inclu|coloc)\w+
        \b(?:colocar|p[ôo]r|usar|publicar|citar|divulgar|incluir) (?:o )?(?:meu|nosso) (?:\w+ )?(?:nome|nick|apelido)\b
        \b(?:ser|aparecer|figurar|constar|sair|estar)\b[^.!?]{0,30}\b(?:n[ao]s?|em) (?:\w+ ){0,3}(?:agradecimentos?|p[áa]gina|lista|aviso|boletim|cr[ée]ditos|mural|site)\b|\bser (?:citad|nomead|mencionad|creditad)[oa]s?\b
    """,
    nl=r"""
        \b(?:mij|me|ons|mijn naam)\b[^.!?]{0,40}\b(?:vermelden|noemen|opnemen|zetten)\b|\b(?:vermeld|noem|zet) (?:mij|me|ons|mijn naam)\b
        \b(?:sta|staan|vermelding|naam|genoemd|vermeld)\b[^.!?]{0,40}\b(?:op|in) (?:\w+ ){0,2}(?:bedank\w+|dank\w+|lijst|pagina|hall of fame|bulletin|advies|eregalerij)\b|\b(?:bedank|dank)pagina\b[^.!?]{0,30}\bstaan\b
    """,
    ru=r"""
        \b(?:укажите|укажете|назовите|назвать|упомяните|упомянуть|указать|напишите|написать|внесите|добавьте|поблагодарите|публикуйте|опубликовать)\b[^.!?]{0,40}\b(?:меня|нас|мо[её] имя|имя|мой ник|ник|как (?-i:[А-Я])|под именем|автор\w+)
    """,
    east=r"""
        (?:写|署|公开|公布|列|注明|标注|放|加|提|留|用)(?:上|出|下|到)?[^。\n]{0,8}(?:我们?的?(?:名字|姓名|真名|ID|昵称|网名|团队)|本人(?:姓名|名字))
        (?:把|将)我们?(?:的(?:名字|姓名|ID|昵称|网名))?[^。\n]{0,20}(?:写|列|放|加|署|公开|公布|登)
        (?:名前|氏名|実名|ハンドル(?:ネーム)?|発見者|報告者|ニックネーム|として|って名前で?)[^。\n]{0,24}(?:載せ|掲載|公開|記載|表記|紹介)
        (?:이름|닉네임|실명)[^.\n]{0,20}(?:공개|표기|언급|올려)
    """,
)

WILL = by_language(
    en=rf"""
        \b(?:please|pls|plz|kindly|do (?=(?:name|credit|mention|list|put|add|thank|include|cite)\b)|like|love|enjoy|want(?:ed)?|wish|prefer|insist|hope|ask|request|delighted|hono[u]?red|proud|chuffed|thrilled|over the moon|grateful|appreciated?|sure|by all means|put|feel free|my nick\w*|credit as|same name)\b
        \b{_MAY}\b|\b(?:you|u) (?:may|can|could|might)\b|\bwould (?:be|make|mean|do|suit|please|help)\b|\b(?:is|are|will be) (?:enough|plenty|all|fine|okay?|what)\b|\byes\b|\ball (?:i|we)\b
        (?:^|[.!?:;,–—] ?|\b(?:and|so|then|but) )(?:credit|cite|mention|list|name|immortali[sz]e|stick|add|put) (?:me|us|my|our|(?-i:[A-Z])|[\"“«@])
    """,
    fr=r"""
        \b(?:inscrivez|mettez|notez|citez|ajoutez|affichez|publiez|indiquez|faites|nommez|mentionnez|ravie?s?|heureu(?:x|se)s?|contente?s?|ce sera|fi[eè]re?s?|volontiers|oui|plaisir|si possible|s['’]il (?:vous|te) pla[iî]t|svp|merci de?|veuillez|pri[èe]re|bienvenu\w*|libres?)\b
        \b(?:vous (?:pouvez|pourriez)|(?:tu )?peux|pouvez|peut|pourrait|j['’]aimerais|aimerions|(?:voudr|souhait|d[ée]sir)\w+|veux|voulons|tien[st] [àa]|demand\w+|d['’]accord|accept\w+|consens|autoris\w+|accord|b[ée]n[ée]diction|suffi[tr]\w*|fera l['’]affaire|convien\w+|serai[ts]?|sera|me va|aiderait)\b
    """,
    de=r"\b(?:gern\w*|bitte|freu\w+|d[üu]rf\w*|k[öo]nn\w*|einverstanden|m[öo]chte\w*|will|wollen|w[üu]nsch\w+|w[üu]rde|ruhig|w[äa]re\w*|gen[üu]gt|reicht|ehre|stolz|ja|zustimm\w*|erlaub\w*|setzt|nennt|tragt|schreibt)\b",
    south=r"""
        \b(?:gustar[íi]a|encantar[íi]a|pueden?|pod[ée]is|por favor|quiero|queremos|quisiera|deseo|agradecer[íi]a|autorizo|acepto|de acuerdo|s[íi]|feliz|con gusto|permiso|pongan|escriban|incl[úu]yan\w*|ilusi[óo]n)\b
        \b(?:piacer\w*|volentieri|potete|se vi va|vorrei|vorremmo|mettetemi|inserite|scrivete|s[ìi]|desider\w+|voglio|pure|felice|contento|autorizzo|accetto|per favore|grazie|onorat\w)\b
        \b(?:gostar\w+|podem?|quero|desejo|queremos|autorizo|aceito|fa[çc]o quest[ãa]o|feliz|honrad\w|prazer|sim)\b
    """,
    north=r"\b(?:graag|mag|mogen|kunt|kunnen|gerust|best|wil|willen|zou|leuk|prima|ja|alsjeblieft|g[äa]rna|gerne)\b",
    ru=r"\b(?:прошу|просим|можете|можно|пожалуйста|хочу|хотел\w*|рад\w?|буду|разрешаю|согла\w+|укажите|назовите|упомяните|напишите|внесите|добавьте|поблагодарите|публикуйте)\b",
    east=r"请|欢迎|可以|希望|愿意|同意|想|ください|下さい|お願い|構いません|かまいません|嬉しい|うれしい|希望|幸い|結構です|いただければ|いただけ|해 ?주세요|동의|주세요",
)

_NEVER = r"(?:(?:please|kindly) (?:do )?not|don['’]?t|do not|never|not to|rather not|must(?:n['’]t| not)|should(?:n['’]t| not)|nor)"
DECLINES = by_language(  # a denial that governs the naming of the writer
    en=rf"""
        \b{_NEVER} (?:\w+ ){{0,3}}?(?:(?:publish|reveal|disclose|tell|say|print|make public)(?: \w+){{0,3}}? who\b|(?:publish|print|reveal|disclose|spread|share) (?:my|our) (?:\w+ )?(?:name|identity)|(?:put|include|add|list) (?:me|us|my name|our names?) (?:in|on|to|into) (?:\w+ ){{0,3}}{_PLACE})
        \b(?:my|our) (?:\w+ ){{0,2}}(?:names?|identity|handle)\b[^.!?;]{{0,40}}\b(?:must|should|may|shall|can|need|is|are|does|will)(?:n['’]t| not| never) (?:\w+ )?(?:appear|turn up|show up|come up|leave|become|end up|get out|be (?:published|printed|mentioned|public|made|shown|named|given)|(?:for|meant for) (?:you|publi\w+|the public))\b
        \b(?:keep|leave|hold) (?:both |all )?(?:me|us|(?:my|our) (?:\w+ )?(?:names?|identity))\b[^.!?;]{{0,40}}\b(?:out of|off (?:it|the|your|any)|to yoursel\w+|private|secret|between (?:us|you)|unmentioned|unnamed)\b
        \b(?:sooner|rather|prefer to) (?:stay|remain|be kept|be) (?:off|out of|unnamed|in the (?:dark|shadows?|background)|nameless|invisible)\b
        \b(?:hall of fame|wall(?: of \w+)?|thanks page|(?:public )?mention|recognition|publicity|fame|limelight|credits?)\b[^.!?;\n]{{0,12}}\b(?:no,? thanks?|no,? thank you|(?:is|are)(?:n['’]t| not) (?:for (?:me|us)|my (?:thing|cup))|i['’]ll pass|thanks,? but no)\b
        \bwithout (?:me|us|my|our) (?:\w+ )?(?:being|appearing|getting) (?:mentioned|named|credited|identified|anywhere|in)\b|\bthe less (?:my name|i)\b|\b(?:last|very last) thing (?:i|we) (?:need|want) is (?:my|our) name\b
        \bnot (?:allowed|permitted|supposed) to (?:have my name|be (?:named|mentioned|listed)|appear)\b|\bbetter for me not to (?:appear|be)\b
        \b(?:forbid|prohibit)s?\b[^.!?]{{0,40}}\b(?:named|naming|my name|mention\w*|appear\w*)\b
        \b(?:put|set) (?:it|this) down to an? anonymous\b|\bcredits? (?:goes |go |it )?to (?:nobody|no one|no-?body)\b|\b(?:write|say|put|print)\W+credit\W{{1,4}}(?:nobody|no one)\b|\bplease (?:omit|skip|leave out) (?:me|us)\b
        (?:^|\n)(?![^\n:|]{{0,50}}(?:private|anonym|secret|hid|keep|object|withh|real))[^\n:|]{{0,30}}\b(?:name|named|mention(?:ed)?|credit(?:ed)?|identity)\b[^\n:|?]{{0,20}}[:|?]\s*(?:no|never|nope)\b(?=\W*(?:$|\n|thank|ta\b|please))
    """,
    fr=r"""
        \bne (?:surtout )?(?:me |nous |m['’])(?:citez|nommez|mentionnez|cr[ée]ditez|remerciez|affichez) (?:nulle part|pas|surtout pas|jamais)\b
        \binterdi\w+\b[^.!?]{0,40}\b(?:cit|nomm|mentionn|appara|mon nom)\w*
        \bsans que (?:je|j['’]|nous|mon nom)\b[^.!?]{0,20}\b(?:appara|figur|soi|cit|mentionn)\w+|\b(?:mon|son|notre) (?:nom|identit[ée])\b[^.!?]{0,20}\bne (?:soi[ts]|doi[ts]|doive|figure|sorte|paraisse|apparaisse)\b[^.!?]{0,20}\bpas\b
        \b(?:proposition|tableau d['’]honneur|page de remerciements|mention|citation|offre)\b[^.!?]{0,60}\bje (?:la |le |vous )?d[ée]cline\b|\b(?:mon nom|ma mention) reste (?:entre nous|priv|confidentiel|secr)\w*|\bnon merci pour (?:la|le) (?:mention|tableau|page)\b
    """,
    de=r"""
        \b(?:verbiet|untersag)\w*\b[^.!?]{0,20}\b(?:uns|mich|meinen namen)\b[^.!?]{0,30}\b(?:nennen|erw[äa]hn|ver[öo]ffentlich)\w*
        \bmein(?:en)? namen?\b[^.!?]{0,40}\b(?<!sonst )(?:nirgends|nirgendwo|nicht|weg|raus|heraus)\w*\b(?=[^.!?]{0,40}\b(?:auftauch|erschein|steh|les|nenn|ver[öo]ffentlich|bleib|h[äa]lt|halten|lassen)\w*)|\bmein(?:en)? namen?\b[^.!?]{0,40}\b(?:nirgends|nirgendwo|raus|heraus|weg)\b|\blassen? (?:sie )?(?:meinen namen|mich) (?:bitte )?(?:weg|raus|au[ßs]en vor|draußen)\b
        \b(?:[öo]ffentliche? )?(?:erw[äa]hnung|nennung|danksagung|eintrag)\w*\s*[:|]\s*(?:bitte )?(?:kein\w*|nein|nicht|lieber nicht)\b|\bkein\w* (?:eintrag|erw[äa]hnung|nennung)\b|\bwehe,? (?:\w+ )?mein name\b|\bje seltener mein name\b
    """,
    south=r"""
        \bno (?:quiero|queremos|deseo|deben?|puede)\b[^.!?]{0,30}\b(?:aparecer|mi nombre|salir|figurar|me nombren)\b|\b(?:mi nombre|mi identidad)\b[^.!?]{0,20}\bno (?:debe|puede|tiene que)\b|\bno (?:me|nos) (?:nombren|mencionen|citen|incluyan|pongan)\b
        \bnon (?:voglio|desidero|vorrei|devo)\b[^.!?]{0,30}\b(?:comparire|apparire|il mio nome|essere (?:citat|nominat|menzionat)\w|che si sappia)\b|\bnon (?:fate|mettete|citate|nominate|scrivete) (?:\w+ )?(?:il mio nome|me\b)
        \b(?:meu|o meu) nome (?:fique|fica|fora|n[ãa]o)\b[^.!?]{0,20}|\bn[ãa]o (?:quero|desejo)\b[^.!?]{0,30}\b(?:aparecer|meu nome|ser (?:citad|nomead|mencionad)\w)\b
    """,
    ru=r"\bне (?:упоминайте|называйте|указывайте|публикуйте|пишите)\b[^.!?]{0,30}\b(?:меня|мо[её]|имя|нас|кто)\b|\bмо[её] имя\b[^.!?]{0,20}\bне (?:должно|нужно|надо)\b",
    east=r"(?:不要|别|勿|请勿)[^。\n]{0,12}(?:提到|提及|写|公布|公开|透露|出现)[^。\n]{0,6}(?:我|本人|姓名|名字)|(?:名前|氏名|私の名|ハンドル名?|ニックネーム|実名)[^。\n]{0,24}(?:載せないで|出さないで|公開しないで|掲載しないで|伏せて|控えて)",
)
