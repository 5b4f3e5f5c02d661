"""What limits a yes to being named: a condition, a delay, a denial, a doubt, a change of mind; and
what only looks so. A yes beside a limit is none, whichever words it is said in.
"""

from __future__ import annotations

from inboxd.core.words import by_language, pattern

LIMITS = by_language(
    en=r"""
        \b(?:if|when|whenever|once|after|afterwards|until|till|unless|before|later|provided|assuming|supposing|suppose|in case|in the event|given that)\b
        \b(?:as|so) (?:long|soon) as\b|\b(?:subject to|contingent|conditions?|conditional\w*|permitting|in exchange|upon (?:my|your|the|receipt|payment)|following (?:your|my|the (?:fix|release)))\b
        \b(?:but|however|though|although|otherwise|else|instead|except|rather|only|either|some ?day|starting|from 20\d\d|or (?:to )?not)\b
        \b(?:no|not|never|nothing|nobody|none|neither|nor|nowhere|cannot|without|dont|wont|nah|nope|against)\b|n['’]t\b
        \b(?:maybe|perhaps|whether|depend\w*|decid\w*|decision|undecided|unsure|hesita\w+|waver\w*|doubt\w*|mull\w+|(?:of|in) two minds|torn|on the (?:one|other) hand|let you know|tell you|tb[acd]|hmm+)\b
        \b(?:boss|employer|manager|supervisor|lawyers?|legal (?:team|department)|approv\w+|permission (?:from|of)|consent of|with (?:\w+ )*consent|green light|must (?:agree|approve|first|sign|allow|be asked))\b
        \b(?:yet|still|await\w*|wait(?:ing)?(?: (?:for|on|with))?(?! (?:your|for your))|pending|draft|internally|(?:will|to be|i['’]ll) confirm\w*|show me|\d+ ?(?:eur|usd|euros?|dollars|pounds))\b|[€$£] ?\d
        \b(?:withdr[ae]w\w*|revok\w+|refrain\w*|prohibit\w*|forbid\w*|remov\w+|scrap|scratch|skip\w*|pass|drop|forget|take (?:me|us|(?:my|our) name\w*) (?:off|down|out)|used to|second thoughts?|reflection|changed my mind)\b
        \b(?:avoid\w*|exclud\w*|spare[ds]?|opt(?:ed|ing)? ?out|omit\w*|delet\w*|abst\w+|left (?:off|out)|leave|hide|hidden|withh[eo]ld\w*|keep (?:(?:it|this) (?:quiet|between|secret)|me|us|my)|declin\w*|refus\w*|reject\w*)\b
        \b(?:anon|anonymous\w*|anonymity|unnamed|undisclosed|unknown|pseudonymous|redacted|classified|null|false|blank|empty|negative|out of (?:it|the)|private(?:ly)?|secret|confidential\w*|n/a)\b
        (?:^|[.!?:] ?)(?:should|had|were)\b|\b(?:joking|kidding|ten years ago|ruin\w*|easy about|up to you|your (?:call|choice))\b|\b(?:as|what|how|when|which|whatever|whichever|however) you (?:like|wish|want|prefer)\b
        \{\{|<your|\[(?:your|redacted|name)
        \b(?:(?-i:fields?|forms?|inputs?)|(?:text|search) ?box|comments?|chat|greeting|endpoint|click\w*|password|get the newsletter|mailing lists?|cc|admin\w*|friend|billing|attackers?|victims?|log(?:ging)? in|reproduce|payload|scripts?|browser|to (?:reach|contact|reply to|email) (?:me|us)(?= (?:at|on|by|for|under|about|with|if|any|when)\b| *[.,;!)]|$)|subscri\w+|anyone|users (?:would|can|could)|security list|announcement mails)\b
        \b(?:banks?|banking|account ending|payout|iban|paypal|invoices?|(?:to|in) my account|transfer|press office|marketing|processing agreement|as the controller|ticket system|(?:technical|billing|emergency) contact|(?:appear|displayed|shown) correctly|the server|has arrived|that (?:this|my) (?:mail|message|report))\b
        \b(?:choose|select)\b|\b(?:mention|cite|list|name|credit) (?:this|that|the|these) (?:bug|issue|flaw|vulnerability|problem|hole|risk|host|file|cve|incident)\b
        \b(?:and|then) (?:save|submit|press|send|open|export|look at)\b|\b(?:of (?:the|a) (?:group|song|shop|project|user|customer)|in the ticket|list of people who|on the public profile|account name|user name (?:on|in)|it (?:returns|shows|is shown))\b
        \b(?:this|it|that|the (?:page|issue|bug|fix|vulnerability|risk|finding|report|problem|flaw|matter)) (?:to be|being) (?:listed|mentioned|named|acknowledged)\b|\b(?:about the (?!reporter|finder)|that says what)\b
    """,
    fr=r"""
        \b(?:si|quand|lorsqu\w+|lors (?:de|d['’])|dès|une fois|apr[èe]s|avant|jusqu\w*|plus tard|d['’]abord|conditions?|pourvu que|[àa] moins|au cas o[ùu]|selon|[àa] voir|en attend\w+|sous r[ée]serve)\b
        \b(?:mais|cependant|toutefois|sauf|sinon|seulement|uniquement|sans|pas|(?:ne|n['’]\w+|veux|non|souhaite|j['’]y) (?:\w+ ){0,2}plus|aucune?|rien|jamais|ni|personne|non|n[ée]ant|hors de question)\b
        \b(?:j['’]ignore|s['’](?:ils?|elles?)|peut-[êe]tre|d[ée]cid\w+|h[ée]sit\w+|attend\w+|redirai|reparl\w+|employeur|direction|hi[ée]rarchie|juridique|accord de|feu vert|encore|une objection|[àa] confirmer|confirmerai|en interne|r[ée]flexion|contre (?:une?|paiement|\d+))\b
        \b(?:champs?|formulaires?|cliqu\w+|mot de passe|navigateur|administrat\w+|attaquant\w*|victime\w*|script|commentaire|enregistre[rz]|se connecter|page projet|liste de diffusion|en copie|coordonn[ée]es bancaires|bancaires?|virement|facture|au cr[ée]dit de|sur mon profil|s['’]affiche correctement|le fichier)\b|\b(?:mentionner|citer|indiquer|signaler) (?:ce|cette|cet|ces|le|la|l['’]) ?(?:bug|faille|probl[èe]me|vuln[ée]rabilit[ée]|point|incident|correctif|h[ôo]te)\b|\bpour voir le\b
        \b(?:retir\w+|supprim\w+|interdi\w+|prohib\w+|enlev\w+|[ée]vit\w+|abst[eie]\w+|exclu\w*|omet\w*|laissez tomber|oubliez|anonym\w+|vous (?:voulez|pr[ée]f[ée]rez|souhaitez)|peu importe|[ée]gal|partag[ée]e?s?|d['’]un c[ôo]t[ée]|de l['’]autre|d['’]autre part|patron\w*|r[ée]fl[ée]chi\w*|verrai|verrons)\b
    """,
    de=r"""
        \b(?:wenn|falls|sofern|sobald|soweit|solange|erst|nachdem|bevor|bis|sp[äa]ter|vorher|zuvor|vorausgesetzt|vorbehaltlich|bedingung\w*|nach (?:freigabe|r[üu]cksprache|absprache|zustimmung)|ab 20\d\d)\b
        \b(?:aber|jedoch|sonst|au[ßs]er|nur|lediglich|lieber|nicht|nichts|nein|jein|nee|kein\w*|nie|niemals|nimmer|weder|niemand|nirgends|nirgendwo|keinesfalls|ohne (?:mich|uns)|vielleicht|eventuell|ob|noch|muss|intern)\b
        \b(?:[üu]berleg\w*|entscheid\w*|unentschlossen|einerseits|andererseits|hin- und her\w*|egal|zustimmung|arbeitgeber|[üu]blich|ihr wollt|sie m[öo]chten|ihre wahl|anonym\w*|entf[äa]llt|unerw[üu]nscht)\b
        \b(?:(?:im|ins|in das|das|dieses|in dem) (?:\w+ )?feld\w*|eingabefeld\w*|formular\w*|speichern|klick\w*|passwort|browser|administrator\w*|angreifer\w*|opfer|verbiet\w+|verbot\w*|bankverbindung|[üu]berweis\w+|konto|rechnung|verteiler|kommentar\w*)\b
        \b(?:verzicht\w+|unterl\w+|untersag\w*|entfern\w+|streich\w+|l[öo]sch\w+|absehen|abzusehen|sehen sie (?:bitte )?von|vermeid\w+|weglass\w+|ausschlie\w+)\b
    """,
    south=r"""
        \b(?:si|se|quando|cuando|antes|despu[ée]s|luego|m[áa]s tarde|primero|hasta|siempre que|en caso|con tal|a reserva|desde que|contanto que|previ[ao]|tras|pendiente|pero|sino|salvo|solo|s[óo]lo|sin|nunca|nadie|nada|ning[úu]n\w*)\b
        \b(?:quiz[áa]s?|tal vez|depende|decid\w+|duda\w*|confirm\w+|prima|dopo|poi|pi[ùu] tardi|ma(?= (?:solo|non|prima|se|forse|devo|vorrei|il mio))|per[òo]|altrimenti|senza|mai|nessun\w*|niente|nulla|forse|dipende|purch[ée]|appena|soltanto|in caso)\b
        \b(?:depois|mais tarde|primeiro|at[ée]|ap[óo]s|caso|mediante|aguard\w+|mas|por[ée]m|sem|nem|ningu[ée]m|nenhum\w*|talvez|non|n[ãa]o|só|no)\b
        \b(?:campos?|formulari[oa]s?|guard(?:ar|en)|clic|haga[ns]? clic|contrase[ñn]a|navegador|buscador|b[úu]squeda|atacante|v[íi]ctima|modulo|cerca|ricerca|inviare|cliccat\w+|browser|busca|senha|formul[áa]rio|il file|el fichero|o arquivo|l['’]host|cuenta bancaria|bonifico|conta banc[áa]ria|por (?:un|otro|um|outro) lado|d(?:a un|all['’]altro) lato|jefe|capo|chefe|proh[íi]b\w+|pro[íi]b\w+|vieta(?:no|to)?|salv(?:ar|em))\b
        \b(?:quit\w+|borr\w+|elimin\w+|rimuov\w+|toglie\w+|remov\w+|evit\w+|omit\w+|excluy\w+|exclu[ai]\w*|dispens\w+|fuera|fora|fuori|an[óoô]nim\w+|como (?:quieran|prefieran)|da igual|tanto faz)\b
    """,
    north=r"""
        \b(?:maar|niet|geen|nee|nooit|zonder|als (?:u|jullie|het|er|ik|we|mijn|de)|indien|mits|zodra|wanneer|voorbehoud|na (?:toestemming|overleg|akkoord)|eerst|daarna|misschien|tenzij|alleen|later|nog|anoniem)\b
        \b(?:men|inte|ikke|ikkje|aldrig|kanske|kanskje|m[åa]ske|om (?:ni|du|det|jag|vi|min|den)|hvis|f[öo]rst|bara|kun|uten|utan)\b
        \b(?:ale|nie|bez|je[śs]li|tylko|mo[żz]e|najpierw|pokud|jen|mo[žz]n[áa]|nejd[řr]\w*|anonim\w*)\b
    """,
    slavic=r"\b(?:если|когда|после|пока|но|не|ни|нет|без|только|может|сначала|позже|решу|решим|подума\w+|при условии|с согласия|пол[ея]|форм\w+|поиск\w*|нажм\w+|парол\w+|уточн\w+|избе\w+|исключ\w+|аноним\w+)\b",
    east=r"搜索|输入框|框里|点击|提交|密码|欄に|入力|クリック|ボタン|パスワード|如果|若是|若能|若要|要是|等|但|不过|不|没|無|别|勿|先|再|另|待|未|算了|看情况|前提|(?<!已经)批准|除非|只有|稍后|确认|避免|隐去|匿名|もし|場合|たら|まだ|ない|ません|なけれ|かも|検討|ただし|けど|次第|承認|後日|遠慮|만약|아직|않|없|안 ",
)
ABOUT_CONSENT = pattern(  # what a sentence beside a yes speaks of when it limits the yes
    r"""
    ^\W*(?:p\.?\s?s\.?\W*|edit\W*|update\W*)?(?:but|only|however|unless|once|until|wait|hold|actually|scratch|forget|hmm+|on (?:second|reflection)|though|conditions?|joking|(?:otherwise|if not|sinon|sonst|andernfalls),? (?:\w+ ){0,3}?(?:no|not|don['’]t|leave|skip|keep|drop|rather|pas|non|nicht|lieber)|mais|sauf|seulement|uniquement|finalement|aber|nur|erst|allerdings|doch|pero|s[óo]lo (?:si|cuando)|salvo|ma|mas|maar|alleen|но|только)\b|^\W*(?:但|不过|ただし)
    \b(?:agree[ds]?|agreement|approv(?:e[ds]?|al)|permission (?:from|of|to (?:be|use))|consent\w*|decid\w*|boss|employer|manager|supervisor|lawyers?|legal (?:team|department)|(?:being|be|get|see myself) (?:publicly )?(?:named|credited|listed|mentioned|thanked)|(?:the|any) naming|(?:my|our) names?\b(?! (?:is|are)\b)|credit(?:ed|s)?\b(?! cards?)|(?:a|any|the) mention|anonym(?:ous|ously|ity)\b(?! (?:user|visitor|access))|mind (?:being|if|that)|answered|not sure|sleep on it|let me (?:think|ask|check)|think (?:it|about)|will say so|know (?:yet|any ?more|if|whether)|let you know|tell you|get back|(?:drop|leave) (?:me|us|it)|hold it|publish it|come back to you|(?:not|don['’]t) want|say no|up to you|your (?:call|choice|decision)|as things stand|ten years ago)\b
    \b(?:d['’]accord|(?:l['’]|son |leur |un )accord|autorisation de|d[ée]cid\w*|employeur|ma direction|(?:mon|notre) nom|me (?:citer|nommer|mentionner)|(?:cit|nomm|mentionn)[ée]+e?s?|anonym(?:e|at)|mon avis|sais pas|r[ée]fl[ée]chi\w*|partag[ée]e?|patron|redirai|dirai|r[ée]fl[ée]chir)\b
    \b(?:zustimm\w*|einverst\w*|genehmig\w*|freigabe|entscheid\w*|chef\w*|arbeitgeber|(?:mein|unser)\w* namen?|genannt|\w*nennung|erw[äa]hn\w*|anonym|wei[ßs]+ (?:noch )?nicht)\b
    \b(?:de acuerdo|autorizaci[óo]n|permiso|decid\w*|mi jefe|mi empresa|mi nombre|il mio nome|meu nome|mencion\w*|anonimato|consenso|accordo|mia azienda|meu chefe|acordo)\b
    \b(?:without (?:me|us)|count (?:me|us) out|not (?:for )?me|one of them|leave me|shan['’]t|sans (?:moi|nous)|ohne (?:mich|uns)|sin m[íi]|senza di me|sem mim|zonder mij|без меня)\b
    同意|批准|决定|老板|公司同意|署名|上司|会社の|承認|соглас\w+|моё имя|решен\w+|начальник\w*
    """
)
WITHDRAWS = pattern(  # anywhere in a mail
    r"""
    \bon (?:second thoughts?|reflection)\b|\b(?:scratch|forget) (?:that|it)\b|\bi (?:have |['’]ve )?changed my mind\b|\bi withdraw\b|\bi['’]ll pass\b|\b(?:i|i['’]ve|have) slept on it\b|\bhors de question\b
    \br[ée]flexion faite\b|\bj['’]ai chang[ée] d['’]avis\b|\banders [üu]berlegt\b|\bpens[áa]ndolo (?:bien|mejor)\b|\bripensandoci\b|\bpensando (?:bem|melhor)\b|\bbij nader inzien\b|算了
    """
)
ASKED = pattern(
    r"\b(?:asked|ask|wanted to know|wondered)(?: me)? (?:if|whether)\b|\b(?:pergunt\w+ se|pregunt\w+ si|chie\w+ se|demand\w+ si|gefragt,? ob|fragten,? ob)\b"
)
AFFIRMS = pattern(
    r"\b(?:yes|yep|yeah|sure|gladly|please|absolutely|of course|i do|certainly|s[íi]m?|sì|oui|ja|claro|volontiers|gerne?|with pleasure|by all means|go ahead|fine)\b"
)
DENIALS = pattern(  # blanked where two of them agree, with what they deny
    r"\b(?:no|not|never|nothing|pas|aucune?|rien|jamais|nichts|nicht|keine?n?|nada|nulla|niente|non|n[ãa]o|niet|geen|anonym\w*|an[óoô]nim\w*|anoniem|private|secret|out|leave|refuse|forget|omit|used to|reject|keep|against|contre|oubliez|mind)\b|n['’]t\b"
)
_PAGE = r"(?:page|list|hall|wall|section|advisor(?:y|ies)|bulletin|changelog|acknowledge?ments?|credits?|thanks|thank[- ]you|board|mentions?|notes|write-?up|entry|cve)"
_PUBLISH = rf"(?:publi\w*|list\w*|thank\w*|nam(?:e|es|ing)|credit\w*|mention\w*|acknowledg\w*|recogni[sz]\w*|releas\w*|print\w*|writ\w+ (?:about|up|an|the|it|something|my)|writ\w+ (?:this|it|that) up|feel like it|put (?:up|out|names|people|me|us|my)|add (?:me|us|my)|(?:have|keep|run) one|(?:have|has|got|keep|maintain|run|do|does|offer)\b[^,.!?;\n]{{0,25}}\b{_PAGE}|(?:have|keep|do|run)\s+(?:one|that|those|so|such|this)\b(?: (?:sort|kind|type) of (?:thing|page|list))?)"
HARMLESS = by_language(
    en=rf"""
        \b(?:if|whenever|when|once|should|in case|where)(?: and when)? (?:you|u|ye|they|mykonci|your (?:team|company))(?:['’]d)?(?: (?:guys|do|people|all|should|would|can|could|already|happen to|still|also|ever|will|want to|wish to|intend to|like to|decide to))* {_PUBLISH}\b(?! (?:it )?don['’]t)
        \b(?:if|when|once)(?: (?:it|that|this)(?: is|['’]s)?)? (?:possible|all right|ok|okay|alright|something you do|a thing|how you do|your custom)\b|\bif available\b|\bif one exists\b|\bif at all possible\b
        \b(?:if|when|once) (?:this|that|it|all|everything)(?: is|['’]s| has been| gets| goes| was| turns out(?: to be)?) (?:an? |indeed |actually |really )*(?:fixed|real|valid|genuine|published|public|patched|resolved|closed|mended|repaired|out|live|sorted|done|safe)\b(?: (?:bug|issue|finding|vulnerability|problem))?(?: to (?:talk|publish|disclose))?
        \b(?:when|once) (?:you(?:['’]ve| have)? )?(?:fix|fixed|patch|patched|resolved?)\b(?: (?:it|this|the (?:bug|issue|flaw|hole)))?|\bafter (?:the|your) (?:fix|release|patch|publication)\b
        \b(?:if|when|once) there(?: is| are|['’]s| will be)(?: (?:an?|any|some|such|ever))* (?:\w+ ){{0,2}}{_PAGE}\b|\b(?:if|when|once) (?:an?|the|your|any|this|such)(?: \w+){{0,2}} {_PAGE}(?: \w+){{0,2}} (?:is|are|gets|goes|has been|comes)(?: (?:kept|out|live|published|available|public|ready|released))\b|\bif such (?:an? )?(?:\w+ )?exists?\b
        \b(?:if|when|once) (?:the|my|this) (?:bug|issue|finding|report|fix|flaw|vulnerability|patch) (?:is|gets|goes|has been) (?:eligible|real|valid|fixed|out|live|published|released|deployed|patched|resolved|included)\b|\bif there(?:['’]s| is) (?:one|such)\b|\b(?:tell me|let me know) (?:if|when|once)\b[^,.!?\n]{{0,60}}|\bif have\b[^,.!?\n]{{0,20}}\bhall|\bif (?:it|this) is worth (?:a mention|mentioning|an? (?:entry|line))\b
        \bif (?:not|none)(?:,? (?:no (?:worries|problem|hard feelings)|that['’]s (?:fine|ok|okay)|also fine|fine|never mind|all good)\b[^.!?\n]*|(?=[,; ]*(?:[.!?]|$)))|\bif (?:you (?:need|have (?:any )?questions)|links? (?:is|are))\b[^.!?\n]*|\bif you (?:did|like|want|wish|please|prefer|ask me)\b(?! (?:to|it|me|us))|\bif you can\b(?=[ ,]*(?:(?:an?|the|with a|add a|include a) link|[.;!]|$))|\bif (?:i['’]m|i am) (?:the first|a duplicate)\b|\bif i may\b|\bif it['’]s all the same to you\b
        \b(?:but )?(?:no|not|without|don['’]t (?:use|need|want|print)|do not (?:use|need|print)|never (?:under|with)|nor)(?: (?:an?y?|my|the|real|full|last|legal|other|under|with))* (?:links?|url|website|site|handle|nick\w*|(?:real|full|last|legal) name|names of employees|surname|employer|company|affiliation|title|e-?mail|mail|address|photo|twitter|bounty|money|reward|payment|swag|hurry|rush|pressure|worries|hard feelings|problem\w*|fuss)\b(?: (?:is |are )?(?:needed|required|necessary|expected|please|involved))?
        \bno objections? (?:and neither have i|either)\b|\bif you do links\b|\bwhy not\b|\bnot only\b|\b(?:link|url|bounty|reward|money|handle|photo)s? (?:is|are)?(?: not|n['’]t) (?:necessary|needed|required|expected|compulsory)\b|\b(?:but )?not compulsory\b|\b(?:but|though|although) an? link[^.!?\n]*
        \bbut[, ]+(?:an? (?:\w+ )?(?:credit|mention|line|thank)\w*|yes|do\b|please (?:credit|name|mention|list|use)|this time|(?:i|we)['’]d (?:like|love)|mention|credit|name)|\bonly an? (?:\w+ )?(?:mention|credit|line|thank)\w*|\bonly ask\b|\byour eyes only\b|\band nothing else\b|\bnothing (?:(?:else|more|further) )?to add\b|\bi hesitated\b|\bleave me out of (?:it|the)\b|\bleave (?:the|my) (?:company|employer|client|customer|firm) out\b|\b(?:rude|churlish|silly|foolish|a fool) to (?:refuse|say no|decline)\b|\bcredit only me\b|\bwhen you do\b|\bnot as (?:individuals\b|[\"“']?anonymous\b)|\b(?:keep )?(?:my )?(?:surname|last name|real name|employer|company) out of (?:it|the)\b
        \brather not (?:have|see|use) my (?:legal|real|full|last|own) name\b|\basked (?:me )?(?:if|whether)\b|\bwhether (?:it is fixed|you (?:pay|reward|fix))\b[^,.!?\n]*|(?:n['’]t|not) (?:mind|care) whether the link\b|\bin whatever you publish\b|\b(?:not hiding|not exactly hiding|not the individual|don['’]t shorten|you spelled)\b
        \bi(?:['’]d| would) rather (?=be (?:named|credited|listed))|\brather than (?:to )?(?:individuals|people|single|any individual)\b|\botherwise i have\b|\bno to the (?:newsletter|bounty|money)\b|\b(?:i|we)(?:['’]ll| will| would)? (?:hold|wait)\b[^.!?\n]{{0,40}}\buntil\b|\bhas signed off\b|\bindividuals need not appear\b|\b(?:my|our) (?:manager|employer|boss|firm|press office) (?:agrees|is fine|has (?:agreed|approved|signed|no objections?))\b|\band if it can\b[^.!?]{{0,60}}|\b(?:nothing|no \w+) (?:\w+ ){{0,4}}(?:except|but|besides|other than|save) (?=an? |my |the |to be )|\bemployer has cleared\b
        \bonly[, ]+(?:use|first|nick\w*|(?:as|by|with|under) (?:my|the|a) (?:handle|nick\w*|initials|pseudonym|pen name|first name|company|team|alias))\b|\bonly under the (?:handle|name|nick\w*|pseudonym)\b|\b(?:name|nick\w*|handle|initials|pseudonym|firm|team|company)s? only\b|\b(?:but )?not (?:with|under|by) (?:my|the) (?:real|full|last|legal|true|civil|own)(?: name| one)?\b|\bbut (?:please )?(?:only )?(?:as|under|with|use)\b
        \b(?:same|as|like) (?:\w+ ){{0,2}}(?:before|last time)\b|\b(?:happier|happy) still\b|\bstill (?:thinks?|learning|a student|at school)\b|\bno objections?\b|\bnobody else\b|\b(?:instead of|rather than) (?:my|the|a|any|money|cash|paid|be)\b|\bnot to be paid\b|\b(?:without|though without) (?:affiliation|a link|link|my (?:employer|company|surname|last name)|any (?:link|fuss|title)|the name of the \w+)\b
        \b(?:i|we)(?: (?:will|would|shall|do|did|have)(?: not|n['’]t)| won['’]t| haven['’]t| didn['’]t| don['’]t) (?:publish|disclose|post|tell|share|talk|access|download)\w*\b[^.!?\n]*
    """,
    fr=r"""
        \b(?:si|quand|lorsque|une fois que) (?:vous|tu|jamais vous) (?:en )?(?:(?:tenez|avez|as|gardez|faites)\b[^,.!?;\n]{0,20}\b(?:page|mur|liste|tableau|hall|rubrique|remerciements|section|une|genre)|remerciez|citez|mettez|nommez|mentionnez|publiez|[ée]crivez|r[ée]digez|(?:souhaitez|voulez) (?:me|nous) (?:citer|nommer|remercier|mentionner)|(?:le |la |y )?(?:voulez|souhaitez|d[ée]sirez)(?: bien)?(?= ?[,;:.!]|$))
        \blors de (?:la publication|la sortie|l['’]avis)\b|\bsi vous faites un lien\b|\b(?:si|quand|une fois) (?:c['’]est (?:possible|corrig[ée]|publi[ée])|(?:la faille|tout|ce) (?:est )?(?:corrig[ée]e?|publi[ée]e?)|possible|l['’]avis (?:est|sera) publi[ée]|le correctif (?:fait l['’]objet|est (?:sorti|publi[ée]|en ligne))|il y a (?:un|une) (?:page|mur|liste|tableau|avis))\b
        \bmais (?:une? (?:\w+ )?(?:mention|ligne|remerciement)|oui|citez|je veux bien)|\bn['’]h[ée]sitez pas(?= (?:si|à me)\b)|\bplut[ôo]t (?:la gloire|que l['’]argent)|\bs['’]il (?:vous pla[îi]t|te pla[îi]t|y (?:a|en a))\b|\bnon plus\b|\bpas mal\b|\bpourquoi pas\b|\bque (?:la prime|la faille|ce soit)\b[^,.!?\n]{0,30} ou (?:non|pas)\b|\bquand publier\b|\bcoch[ée] (?:«\s?)?anonyme\b[^.!?\n]{0,40}\berreur\b|\bmais sous la forme\b|\bsi cela se fait\b|\bsans h[ée]siter\b|\brien d['’]autre\b|\bni plus ni moins\b|\bne croi\w+ pas\b|\bsinon tant pis\b|\bpas grave\b
        \b(?:sans|pas d['’e]?|pas besoin d['’e]?|ni|pas|aucune?|n['’]utilisez pas|non)\s?(?:(?:mon|de|d['’]|le|la|une?|vrai|mon vrai)\s?)*(?:lien|(?:vrai )?nom (?:de famille|entier|complet)|vrai nom|nom entier|site|argent|r[ée]compense|prime|photo|adresse|employeur|titre|probl[èe]me|souci|contrepartie|r[ée]mun[ée]ration|bounty|pression)\w*
        \b(?:mais )?(?:(?:seulement|uniquement|juste) )?(?:sous|avec|par|pour) (?:mon|le|un|notre|ce) (?:pseudo\w*|nom|pr[ée]nom|initiales)\b(?:[^.!?,;\n]{0,30}?\b(?:uniquement|seulement)\b)?|\b(?:pseudo\w*|pr[ée]nom|initiales) (?:uniquement|seulement)\b|\bj['’]ai l['’]accord\b|\b(?:uniquement|seulement) (?:avec |sous )?(?:mon |le )?(?:pseudo\w*|pr[ée]nom|initiales)\b
    """,
    de=r"""
        \b(?:wenn|falls|sofern|sobald) (?:sie|ihr)\b[^,.!?;\n]{0,50}\b(?:nenn\w*|f[üu]hr\w*|auflist\w*|ver[öo]ffentlich\w*|dank\w*|bedank\w*|erw[äa]hn\w*|hall of fame|finder\w*)|\b(?:wenn|falls|sobald) (?:es )?m[öo]glich(?: ist)?\b|\b(?:wenn|sobald) (?:es|der fehler|die l[üu]cke|das problem) (?:behoben|geschlossen|gefixt) (?:ist|wurde)\b|\b(?:wenn|falls) (?:es )?eine? (?:danksag\w*|dankes\w*|liste|seite|advisory)\b|\bwenn mein name genannt\b|\bwenn es (?:so )?(?:eine|etwas|sowas) gibt\b
        \baber (?:bitte |gerne? )?(?:setzt|setzen|nennt|nennen|schreibt|schreiben|tragt|tragen)\b|\bnicht nur\b|\bvergessen sie\b[^.!?\n]{0,60}\banonymit[äa]t\b[^,.!?\n]*|\b(?:ohne|kein\w*|nicht)(?: (?:mein\w*|den|mit|unter|vollen|echten|richtigen))* (?:links?|b[üu]rgerliche\w*(?: namen?)?|klarnamen?|nachnamen?|firma|arbeitgeber|titel|foto|geld|belohnung)\b|\bnur (?:ruhm|mein (?:vor|nick)\w*|der nick\w*|mit (?:vor|nick)\w*|unter (?:meinem|dem) \w+|vorname|nickname)\b
    """,
    south=r"""
        \b(?:si|se|cuando|quando) (?:es |fuera |[ée] |fosse )?(?:posible|possibile|poss[íi]vel)\b|\bsin (?:ning[úu]n )?problema\w*|\bsenza problemi\b|\bsem problemas?\b|\b(?:si|se|cuando|quando)\b[^,.!?;\n]{0,30}\b(?:public[aáou]\w*|pubblic\w+|agradec\w+|ringrazia\w*|mencion\w+|menzion\w+|citate|nombr[aáeé]\w*|credit\w+|redacta\w+)\b|\b(?:si|se) (?:tienen|ten[ée]is|hay|avete|c['’][èe]|t[êe]m|tiver\w*|houver|fizer\w*|llevan)\b[^,.!?;\n]{0,30}\b(?:p[áa]gina|lista|agradecimient\w*|agradeciment\w*|ringraziament\w*|hall|muro|cr[ée]ditos)
        \b(?:se|si) (?:vi va|volete|(?:les|os) parece(?: bien)?|quieren|lo desean?)\b|\b(?:sin|sem|senza|no|n[ãa]o|nenhum\w*)(?: (?:mi|mis|meu|o|il|mio|uso d\w+|preciso de|necesito|hace falta|busco))* (?:enlaces?|links?|apellidos?|sobrenome|cognome|nombre (?:real|completo)|nome (?:completo|verdadeiro)|dinero|dinheiro|recompensa|empresa|foto)\b
        \bno (?:hall|site|aviso|advisory|mural|quadro|changelog|relat[óo]rio|blog|seu|vosso|pr[óo]ximo)\b|\b(?:solo|s[óo]lo|s[óo]) (?:con|com|el|o|il|mi|meu|nick|nombre|nome)\b|\bnon solo\b|\b(?:se|si) (?=chiam|llam|cham)|\bs[íi]\b(?=,)
    """,
    north=r"\b(?:zet (?:me|mij) maar|alleen mijn (?:nick|naam|handle)\w*|als (?:u|jullie) (?:een (?:lijst|pagina|hall)|vermeld\w*|bedankt))\b",
    slavic=r"\bесли (?:вы )?(?:публику\w+|вед[её]те|упомин\w+|упомян\w+|благодар\w+|возможно|можно|у вас есть (?:страниц\w+|список|зал))",
    east=r"不要用真名|不用真名|不需要链接|如果(?:你们|贵司|贵公司)?(?:会|要|打算|有)?(?:发布|公开|公告|致谢|致謝|名人堂|鸣谢|方便|可能的话|可以的话)|不胜感激|構いません|かまいません|もし(?:謝辞|可能|よろし)",
)
