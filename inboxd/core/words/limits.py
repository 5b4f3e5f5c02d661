"""What limits a yes to being named: a condition, a delay, a denial, a doubt, a change of mind; and
what only looks so. A yes beside a limit is none, whichever words it is said in.
"""

from __future__ import annotations

from inboxd.core.words import by_language, pattern

LIMITS = by_language(
    en=r"""
        \b(?:if|when|whenever|once|after|afterwards|until|till|unless|before|later|provided|assuming|supposing|suppose|as long as)\b
        \b(?:but|however|though|although|otherwise|else|instead|except|rather|only|on condition|either)\b
        \b(?:no|not|never|nothing|nobody|none|neither|nor|cannot|without|dont|wont)\b|n['’]t\b
        \b(?:maybe|perhaps|whether|depend\w*|decid\w*|undecided|unsure|hesita\w+|waver\w*|doubt\w*|mull\w+|of two minds|let you know|tell you|tb[acd])\b
        \b(?:boss|employer|manager|lawyers?|legal (?:team|department)|approv\w+|permission from|green light|yet|still|(?:await\w*|wait(?:ing)? (?:for|on))(?! your)|pending)\b
        \b(?:withdr[ae]w\w*|revok\w+|refrain\w*|prohibit\w*|forbid\w*|remov\w+|scrap|skip(?:s|ping)? (?:me|us|it|that|the)|take (?:me|us|(?:my|our) name\w*) (?:off|down|out)|used to)\b
        (?:^|[.!?:] ?)(?:should|had|were)\b|\b(?:joking|kidding|ten years ago)\b|\b(?:as|what|how|when|which|whatever|whichever|however) you (?:like|wish|want|prefer)\b|\beasy about\b|\bin the event\b|\bruin\w*|\b(?:blank|empty|or (?:to )?not|out of (?:it|the)|private(?:ly)?|secret|confidential\w*)\b
    """,
    fr=r"""
        \b(?:si|quand|lorsqu\w+|d[èe]s (?:que|lors)|une fois|apr[èe]s|avant|jusqu\w*|plus tard|d['’]abord|à condition|[àa] voir|en attend\w+|sous r[ée]serve)\b
        \b(?:mais|cependant|toutefois|sauf|sinon|seulement|uniquement|sans|pas|(?:ne|n['’]\w+|veux|non|souhaite|j['’]y) (?:\w+ ){0,2}plus|aucune?|rien|jamais|ni|personne|non|n[ée]ant)\b
        \b(?:peut-[êe]tre|d[ée]cid\w+|h[ée]sit\w+|attend\w+|redirai|reparl\w+|employeur|direction|juridique|accord de|feu vert|encore|une objection)\b
        \b(?:retir\w+|supprim\w+|interdi\w+|prohib\w+|enlev\w+|vous (?:voulez|pr[ée]f[ée]rez|souhaitez)|peu importe|[ée]gal)\b
    """,
    de=r"""
        \b(?:wenn|falls|sofern|sobald|erst|nachdem|bevor|bis|sp[äa]ter|vorausgesetzt|aber|jedoch|sonst|au[ßs]er|nur|lediglich|lieber)\b
        \b(?:nicht|nichts|kein\w*|nie|niemals|weder|niemand|vielleicht|eventuell|ob|noch|[üu]berleg\w*|entscheid\w*|unentschlossen|egal)\b
        \b(?:verzicht\w+|unterl\w+|untersag\w*|entfern\w+|streich\w+|l[öo]sch\w+|arbeitgeber|[üu]blich|ihr wollt|sie m[öo]chten)\b
    """,
    south=r"""
        \b(?:si|se|quando|cuando|antes|despu[ée]s|luego|m[áa]s tarde|primero|hasta|siempre que|pero|sino|salvo|solo|s[óo]lo|sin|nunca|nadie|nada|ning[úu]n\w*)\b
        \b(?:quiz[áa]s?|tal vez|depende|decid\w+|duda\w*|prima|dopo|poi|pi[ùu] tardi|ma(?= (?:solo|non|prima|se|forse|devo|vorrei|il mio))|per[òo]|altrimenti|senza|mai|nessun\w*|niente|nulla|forse|dipende)\b
        \b(?:depois|mais tarde|primeiro|at[ée]|mas|por[ée]m|sem|nem|ningu[ée]m|nenhum\w*|talvez|non|n[ãa]o|só)\b|\bno\b
        \b(?:quit\w+|borr\w+|elimin\w+|rimuov\w+|toglie\w+|remov\w+|como (?:quieran|prefieran)|da igual|tanto faz)\b
    """,
    north=r"""
        \b(?:maar|niet|geen|nooit|zonder|als (?:u|jullie|het|er|ik|we|mijn|de)|indien|eerst|daarna|misschien|tenzij|alleen|later|nog|egaal)\b
        \b(?:men|inte|ikke|ikkje|aldrig|kanske|kanskje|m[åa]ske|om (?:ni|du|det|jag|vi|min|den)|hvis|f[öo]rst|bara|kun|uten|utan|men[eo])\b
        \b(?:ale|nie|bez|je[śs]li|tylko|mo[żz]e|najpierw|pokud|jen|mo[žz]n[áa]|nejd[řr]\w*)\b
    """,
    slavic=r"\b(?:если|когда|после|пока|но|не|ни|нет|без|только|может|сначала|позже|решу|решим|подума\w+)\b",
    east=r"如果|若是|若能|若要|要是|等|但|不过|不|没|無|别|勿|先|再|另|待|未|算了|看情况|もし|場合|たら|まだ|ない|ません|なけれ|かも|未定|検討|ただし|けど|만약|아직|않|없|안 ",
)

_PUBLISH = r"(?:publi\w*|list\w*|thank\w*|nam(?:e|es|ing)|credit\w*|mention\w*|acknowledg\w*|recogni[sz]\w*|keep\w*|have|has|got|maintain\w*|run|do|does|write|writ\w+|releas\w*|put|feel|print\w*|fix\w*|ever|offer|like that|maintain|decide to (?:publish|credit|name|list|mention))"
DENIALS = pattern(  # blanked where two of them agree
    r"\b(?:no|not|never|nothing|pas|aucune?|rien|jamais|nichts|nicht|keine?n?|nada|nulla|niente|non|n[ãa]o|niet|geen)\b|n['’]t\b"
)
HARMLESS = by_language(
    en=rf"""
        \b(?:if|whenever|when|should|once|in case|where)(?: and when)? (?:you|u|ye|they|mykonci|your (?:team|company))(?: (?:guys|do|people|all|should|would|can|could|already|happen to|still|also|will|want to|wish to|intend to|decide to))* {_PUBLISH}\b
        \b(?:if|when|once) (?:there(?: is| are|['’]s| will be| exists?)|(?:it is |it['’]s |that is |that['’]s |this is )?(?:possible|safe|all right|ok|okay|alright|something you do|a thing|how you do|your custom|fixed|sorted|done|resolved|published|public|patched|real|valid)|(?:this|that|it)(?: is|['’]s| has been| gets| goes| was| turns out(?: to be)?) (?:an? |indeed |actually |really )*(?:possible|fixed|real|valid|genuine|published|public|patched|resolved|out|live|new|duplicate|done|sorted|over|worth|something|known|ok|okay)|it checks out|is possible|such (?:an? )?(?:\w+ )?exists?|(?:an?|the|your|any|this|my) [\w ]{{0,20}}(?:advisory|fix|patch|page|hall|list|changelog|wall|post|entry|bulletin|write-?up|thanks|bug|issue|finding)\b(?: is| are| gets| goes| has been| comes)*(?: kept| out| live| published| eligible| real| valid| fixed| available)*|have\b|available\b|u have|links are|i may|we may|i could be|i can help|one exists|any\b|(?:it is|it['’]s) worth)
        \bif (?:not|none)(?:,? (?:no|that['’]s|that is|also|it['’]s|fine|never mind|all good)\b[^.!?\n]*|(?=[,; ]*(?:[.!?]|$)))|\bif (?:something|anything|you need|you have questions|more|needed|links? (?:is|are))\b[^.!?\n]*
        \b(?:no|not|without|don['’]t (?:use|need|want|print)|do not (?:use|need|print)|never (?:under|with)|nor)(?: (?:an?y?|my|the|real|full|first|last|legal|other|under|with))* (?:links?|url|website|site|handle|nick\w*|name(?! (?:me|us)\b)|names of employees|surname|employer|company|affiliation|title|e-?mail|mail|address|photo|twitter|bounty|money|reward|payment|swag|hurry|rush|pressure|worries|hard feelings|problem\w*|fuss|one|individuals?)\b
        \bwhy not\b|\bnot only\b|\b(?:link|url|bounty|reward|money|handle|photo)s? (?:is|are)?(?: not|n['’]t) (?:necessary|needed|required|expected|compulsory)\b|\b(?:is|are)?(?:not|n['’]t) (?:necessary|needed|required)\b(?= ?[;,.]? ?(?:$|thanks))|\b(?:but )?not compulsory\b|\b(?:but|though|although) an? link[^.!?\n]*
        \bbut[, ]+(?:an? (?:\w+ )?(?:credit|mention|line|thank)\w*|yes|do\b|please|this time|(?:i|we)['’](?:d|m|ll)? (?:like|love|happy|glad)|mention|credit|name)|\bonly an? (?:\w+ )?(?:mention|credit|line|thank)\w*|\bonly ask\b|\byour eyes only\b|\bif you (?:did|like|want|wish|please|prefer)\b|\brather not (?:have|see|use) my (?:legal|real|full|last|own) name\b|\band nothing else\b|\bnothing (?:(?:else|more|further) )?to add\b|\bi hesitated\b|\bleave me out of (?:it|the)\b|\b(?:surname|last name|real name|employer|company) out of (?:it|the)\b|\basked (?:me )?(?:if|whether)\b|\bwhether (?:it|you|this|the)\b[^,.!?\n]*\bor not\b|(?:n['’]t|not) (?:mind|care) whether the link\b|\byeah why not\b|\bin whatever you publish\b|\bi['’]m not exactly hiding\b|\bwhether you (?:pay|reward)[^,.!?\n]*|\bnot hiding\b|\bnot the individual\b|\bdon['’]t shorten\b|\byou spelled\b|\bafter (?:\d+|five|six|seven|eight|lunch|work)\b|\bunless you(?:['’]ve| have) fixed\b|\bif it['’]s all the same to you\b|\bif you (?:ask me|can)\b|\bif (?:i['’]m|i am) (?:the first|a duplicate)\b|\bif (?:this|the|my) \w+ is included\b|\bif (?:some|any|a) (?:bounty|reward)\b[^.!?\n]*
        \bi(?:['’]d| would) rather (?=be (?:named|credited|listed))|\brather than (?:to )?(?:individuals|people|single)\b|\botherwise i have\b|\bno to the newsletter\b|\b(?:(?:hold|wait) )[^.!?\n]{{0,40}}\buntil\b|\bi used to ask for anonymity\b|\bhas signed off\b|\bmy manager (?:agrees|is fine|has (?:agreed|approved|signed))\b
        \b(?:(?:but|and|though)[, ]+)?(?:please )?(?:only[, ]+(?:use|first|name|nick\w*|handle)|(?:only|not)[, ]+(?:by|with|under|as|the|my|me\b|our))\b|\b(?:name|nick\w*|handle|initials|pseudonym|firm|team|company) only\b|\bbut (?:please )?(?:only )?(?:as|under|with|use)\b
        \b(?:same|as|like) (?:\w+ ){{0,2}}(?:before|last time)\b|\b(?:happier|happy) still\b|\bstill (?:thinks?|learning|a student|at school)\b|\bi no longer\b(?= work)|\bno objections?\b|\bnobody else\b|\b(?:instead of|rather than) (?:my|the|a|any|money|cash|paid|be)\b|\bnot to be paid\b
        \bwithout (?:affiliation|a link|link|my (?:employer|company|surname|last name)|any (?:link|fuss|title))\b|\btill (?=[A-Z])|\buntil then\b[^.!?\n]*|\b(?:n['’]t|not) (?:publish|disclose|post|tell|share|talk)\b[^.!?\n]*
    """,
    fr=r"""
        \b(?:si|quand|lorsque|une fois) (?:vous (?:tenez|avez|remerciez|citez|mettez|nommez|mentionnez|faites|[ée]crivez|publiez|r[ée]digez|souhaitez (?:me|nous)|voulez (?:me|nous)|en (?:tenez|avez|faites))|vous (?:le |la |y )?(?:voulez|souhaitez|d[ée]sirez)(?: bien)?|tu as|jamais vous|c['’]est (?:possible|corrig[ée]|publi[ée])|possible|un (?:avis|mur)|une (?:page|liste)|l['’]avis|le correctif|il y a|le c[œo]ur|ce genre)\b
        \bmais (?:une? (?:\w+ )?(?:mention|ligne|remerciement)|oui|citez|je veux bien)|\bn['’]h[ée]sitez pas\b[^.!?\n]*|\bplut[ôo]t (?:la gloire|que l['’]argent)|\bs['’]il (?:vous pla[îi]t|te pla[îi]t|y (?:a|en a))\b|\b(?:de )?plus,\b|\bnon plus\b|\bpas mal\b|\bpourquoi pas\b|\bque [^,.!?\n]{0,40} ou (?:non|pas)\b|\bquand publier\b|\bne croi\w+ pas\b|\bsinon tant pis\b|\bpas grave\b
        \b(?:sans|pas d['’e]?|pas besoin d['’e]?|ni|pas|aucune?|n['’]utilisez pas|non)\s?(?:(?:mon|de|d['’]|le|la|une?|vrai|mon vrai)\s?)*(?:lien|nom\b|nom de famille|nom entier|site|argent|r[ée]compense|prime|photo|adresse|pr[ée]nom|employeur|titre|probl[èe]me|souci|contrepartie|r[ée]mun[ée]ration|bounty|pression)\w*
        \b(?:mais )?(?:(?:seulement|uniquement|juste) )?(?:sous|avec|par|pour) (?:mon|le|un|notre|ce) (?:pseudo\w*|nom|pr[ée]nom|initiales)\b(?:[^.!?,;\n]{0,30}?\b(?:uniquement|seulement)\b)?|\b(?:pseudo\w*|pr[ée]nom|initiales) (?:uniquement|seulement)\b|\bj['’]ai l['’]accord\b|\b(?:uniquement|seulement) (?:avec |sous )?(?:mon |le )?(?:pseudo\w*|pr[ée]nom|initiales)\b|\bni plus ni moins\b
    """,
    de=r"""
        \b(?:wenn|falls|sofern|sobald) (?:sie|ihr|es (?:m[öo]glich|behoben|eine|so etwas)|m[öo]glich|eine?|behoben|mein name|der fehler|die l[üu]cke)\b
        \bnicht nur\b|\b(?:ohne|kein\w*|nicht)(?: (?:mein\w*|den|mit|unter|vollen|echten|richtigen))* (?:links?|b[üu]rgerliche\w*|klarnamen?|nachnamen?|namen|firma|arbeitgeber|titel|foto|geld|belohnung)\b|\bnur (?:ruhm|mein\w*|der|den|mit|unter|als|vorname|nickname|der nick)\b
    """,
    south=r"""
        \b(?:si|se|cuando|quando) (?:es posible|fuera posible|possibile|poss[íi]vel|public\w+|tien\w+|hay|vi va|volete|les parece|mi|vo[çc]\w+|ten[ée]is|avete|c['’][èe]|tiver\w*|houver|fizer\w*|agradec\w+|pued\w+|pod\w+|ringrazia\w*|redacta\w*|quer\w+ me|existe)\b
        \b(?:sin|sem|senza|no|n[ãa]o|nenhum\w*)(?: (?:mi|mis|meu|o|il|mio|uso d\w+|preciso de|necesito|hace falta))* (?:enlaces?|links?|apellidos?|sobrenome|cognome|nombre (?:real|completo)|nome (?:completo|verdadeiro)|dinero|dinheiro|recompensa|empresa|foto)\b
        \bno (?:hall|site|aviso|advisory|mural|quadro|changelog|relat[óo]rio|blog|seu|vosso)\b|\b(?:solo|s[óo]lo|s[óo]) (?:con|com|el|o|il|mi|meu|nick|nombre|nome)\b|\bnon solo\b|\bhall of\b|\b(?:se|si) (?=chiam|llam|cham)|\bs[íi]\b(?=,)
    """,
    north=r"\b(?:zet (?:me|mij) maar|alleen mijn (?:nick|naam|handle)\w*|als (?:u|jullie) (?:een|wilt|zo))\b",
    slavic=r"\bесли (?:вы|у вас|возможно|можно|есть|будет)\b",
    east=r"不要用真名|不用真名|不需要链接|如果(?:你们|贵司|贵公司|可以|可能|有|方便)|不胜感激|もし(?:謝辞|可能|よろし)",
)
