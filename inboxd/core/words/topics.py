"""Headings about the flaw itself in words of their own; `titles` has the others."""

from __future__ import annotations

import re

from inboxd.core.words import by_language

_PEOPLE = r"(?:users?|customers?|people|parties|persons?|clients?|data|victims?|utilisateurs?|donnees|personnes|nutzer|kunden|daten|personen|usuarios|datos|utenti|dati|dados|gebruikers|gegevens)"

TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "reproduction_steps",
        by_language(
            flags=0,
            en=r"""
                how you can (?:watch|see|make) it\b.{0,15}|str|recipe|click ?path|sequence of (?:actions|events|steps)|(?:attack|exploit) (?:narrative|story|walkthrough|procedure|chain|path|sequence|flow)
                how to (?:make it happen|see it(?: happen| live)?|get there|replay it|try it\b.{0,15}|repeat it|provoke it|show it)
                how (?:can|could|do|may|would) (?:i|you|we|one) (?:see|watch|try|repeat|redo) (?:it|this|that)\b.{0,25}
                how (?:i|we) (?:came (?:upon|across)|got to|arrived at|ran into|stumbled (?:up)?on|do|did|made|noticed|saw) (?:it|this|that)\b.{0,15}
                replication(?: steps)?|replicating(?: it| the .{3,20})?|recreating(?: it| the .{3,20})?|do this to .{3,25}|reproducing(?: it| the .{3,20})?|(?:instructions|directions|guide) (?:to|for) .{3,25}|testing (?:procedure|steps|instructions)|actions? (?:performed|taken to .{3,20})
                how (?:the |this |that )?\w+ (?:can|could|may|might|is|was) (?:be )?(?:reproduc|trigger|exploit|verif|abus|replicat|recreat|repeat|demonstrat)\w*
                what (?:i|we) (?:did|ran|typed|executed|sent|clicked|used)|in \d+ steps
                steps (?:i|we) (?:took|followed|used)|(?:do|follow) (?:these|the following) steps|(?:your|my) turn|see it (?:for )?yourself|in practice
            """,
            fr=r"""
                pour la revoir|demarche|essais?|comment je m'y (?:suis pris\w*|prends)|fai(?:tes|s) l'essai\b.{0,15}
                comment (?:l'|le |la |les )?(?:avez-vous|as-tu|ai-je|avons-nous) (?:constate|trouve|decouvert|remarque|vu|procede|fait)\w*
                ce que (?:j'ai|nous avons) fait|comment (?:retomber dessus|j'y suis arrive\w*|refaire\b.{0,20}|s'y prendre|faire|reproduire\b.{0,20}|le voir|(?:le |la |les )?(?:reproduire|constater|verifier|observer))
                pour (?:le |la )?(?:verifier|reproduire|refaire|constater|tester|voir)\b.{0,25}|(?:la )?(?:recette|marche)\b(?: a suivre)?|deroule(?:ment)? de l'attaque|enchainement|scenario d'(?:attaque|exploitation)|pas a pas
            """,
            de=r"""
                so geht(?:'s| es| das)|zum nachmachen|so bin ich vorgegangen|wie (?:reproduzieren|ich vorging|man .{3,25}|ich .{3,25})|was ich (?:gemacht|getan) habe|schritt fur schritt|so (?:funktioniert|klappt) (?:es|das)|nachgestellt
            """,
            es=r"""
                como verl[oa]\b.{0,15}|(?:asi|como) (?:se|lo|la) (?:hace|hice|hago|reproduce)\w*\b.{0,15}|para (?:comprobarlo|reproducirlo|verlo)\b.{0,25}|paso a paso|que hice
            """,
            it=r"""
                come (?:ho fatto|si fa|fare|riprodurlo|riprodurre|verificare)\b.{0,15}|ecco come\b.{0,15}|passo (?:dopo|per) passo|cosa ho fatto
            """,
            pt=r"""
                (?:como|veja como) (?:eu )?(?:fiz|fazer|se reproduz|reproduzir)\b.{0,15}|passo a passo|o que (?:eu )?fiz
            """,
            nl=r"""
                (?:hoe|zo) (?:kun|kunt|kan) (?:je|u|jij) .{0,20}(?:nadoen|nabootsen|herhalen|reproduceren)|stap voor stap|hoe na te (?:bootsen|doen)|wat ik (?:heb )?(?:deed|gedaan)(?: heb)?|zo doe je het(?: na)?
            """,
            ru=r"""
                пошаговая инструкция|пошагово|что я (?:делал|сделал)а?|инструкция
            """,
            east=r"""
                .{0,8}再現でき.{0,6}|やり方|手順|試し方|如何(?:复现|重现|触发|操作)|怎么(?:复现|操作|做到).{0,4}|操作方法|测试步骤|재현.{0,6}
            """,
            others=r"""
                jak (?:odtworzyc|powtorzyc)|krok po kroku|yeniden uretme(?: .{3,12})?|nasıl (?:tekrarlanır|yapılır).{0,3}|adım adım|hur (?:aterskapar|gor) man .{0,15}|steg for steg
            """,
        ),
    ),
    (
        "proof_of_concept",
        by_language(
            flags=0,
            en=r"""
                what (?:it|the server|the api) (?:said|says|answered|answers|returned|returns|gave|gives|printed|showed|shows)|measurements?|(?:http )?(?:logs?|console|server|access)(?: excerpts?| lines?| output| entries| files?| snippets?)|(?:raw |http |full |server )?(?:requests?|responses?|answers?)(?: (?:sent|received|and response|headers?))?
                got (?:any )?(?:proof|evidence)|proof\W*
                (?:minimal |simple )?test ?case|(?:example|sample|crafted|malicious|captured|raw|the) (?:requests?|files?|inputs?|urls?|payloads?|links?|queries|query|curl)
                proof that .{3,25}|show me
                crash(?:ing)? (?:inputs?|logs?|dump|trace)|asan (?:output|log|trace)|(?:attack|exploit|test) (?:script|command|commands|code|url|string)s?
                code that .{3,25}|proving it|what proves it|what i (?:have|can) (?:to )?show\b.{0,10}|see(?:ing)? is believing|(?:script|command|commands)(?: (?:i )?used)?|(?:console|terminal|server|tool) output|in action|live (?:demo|example)|supporting (?:evidence|documents?|files?)
            """,
            fr=r"""
                ce que (?:ca|cela) donne|resultats?(?: obtenus?)?|(?:journaux|traces?|extraits?|logs?)(?: .{3,40})?
                (?:le )?code (?:que j'ai utilise|d'exploitation|d'attaque)|extrait de (?:code|requete|journal)\b.{0,15}|commandes?(?: de test| utilisees?)?|charge utile|demonstration|(?:elements?|pieces?) (?:de preuve|a conviction|justificati\w+)
            """,
            de=r"""
                angriffscode|exploit-?code|(?:http-)?anfrage|beweise|belege?|befehle?
            """,
            south=r"""
                codigo de (?:explotacion|exploracao|ataque)|demostracion|dimostrazione|demonstracao|carga util|schermate|comandos?|comandi
            """,
            ru=r"""
                (?:код )?эксплоита?|демонстрация|пример (?:запроса|кода)|скриншоты
            """,
            east=r"""
                验证代码|攻撃コード|利用代码|漏洞利用(?:演示|代码)|演示|证据|証拠
            """,
            others=r"""
                exploitcode|schermafbeeldingen|demonstratie|zrzuty ekranu|kod exploita|kavram kanıtı|ekran goruntuleri|istismar kodu|konceptbevis|skarmdumpar|exploateringskod
            """,
        ),
    ),
    (
        "impact",
        by_language(
            flags=0,
            en=rf"""
                (?:why|how) (?:it is |it's |is it )?bad|why (?:it|this|that|it is|this is)(?:'s)? .{{2,25}}|who (?:can|could) (?:exploit|abuse|use) .{{2,40}}
                (?:effects?|harm|danger|damage|consequences?|risks?) (?:on|to|for) .{{3,25}}|(?:possible |likely |potential )?(?:ramifications?|fallout|aftermath|harm|dangers?|damages?|exposure|blast radius)
                why (?:is|are) (?:this|it|that) .{{3,30}}|why (?:you|we|i|one|anyone|mykonci|the company) (?:should|must|might|may|could|ought to|need to)\b.{{0,30}}
                what(?: is|'s) at stake|at stake|(?:what|how) (?:could|might|can|may) (?:go wrong|happen|it get|it be abused|this be abused|this hurt .{{2,10}})\b.{{0,25}}
                (?:the )?worst (?:case|that .{{3,20}})(?: scenario)?|how bad (?:can|could|might) .{{2,20}}|how (?:an |the )?attackers? (?:benefits?|profits?|gains?|wins?)
                (?:an |the )?attacker(?:'s|s)? (?:benefit|gain|profit|advantage|goal|win)s?|who (?:is|are) (?:impacted|at risk|exposed)
                (?:result|results|consequences?|outcome|effect) of (?:a )?(?:successful )?(?:exploitation|attack|abuse|exploit)|(?:assessment|evaluation|estimation|estimate|analysis) of (?:the )?(?:risk|consequences?|impact|damage)s?
                (?:affected|impacted) {_PEOPLE}|who could get hurt\b.{{0,20}}|what (?:a )?(?:hackers?|thief|criminals?|strangers?) (?:can|could|gets?)\b.{{0,20}}|what it is good for|(?:real[- ]world|practical) (?:effect|relevance|meaning|impact)
            """,
            fr=rf"""
                en quoi (?:c'est|cela est|est-ce) .{{3,20}}|(?:dans le |le )?pire (?:des cas|scenario)|(?:les )?risques? encourus?
                (?:et alors )?(?:c'est )?(?:si )?grave\b.{{0,10}}|et alors(?: .{{0,20}})?|degats?(?: possibles?)?|incidences?(?: .{{3,20}})?|a quoi (?:ca|cela) (?:expose|mene|sert)\b.{{0,20}}|ce qui (?:pourrait|peut) (?:arriver|se passer)\b.{{0,15}}
                pourquoi s'(?:inquieter|en soucier|en preoccuper)\b.{{0,15}}|menaces?(?: .{{3,20}})?|(?:qu'est-ce |ce )qu'(?:une?|on|il|elle|autrui) .{{2,30}}(?:faire|peut|pourrait|gagne|risque)\b.{{0,20}}|ce que (?:ca|cela) (?:risque|permet|entraine)\b.{{0,20}}|{_PEOPLE} (?:touches|concernes|affectes)
            """,
            de=rf"""
                warum (?:ist )?(?:das|es) (?:\w+ )?(?:gefahrlich|schlimm|wichtig|ernst|kritisch|problematisch)\b.{{0,10}}|konsequenz(?:en)?|was (?:auf dem spiel steht|passieren kann)|betroffene {_PEOPLE}|moglicher schaden
            """,
            es=r"""
                (?:es|por que es) (?:grave|importante|peligroso)|que (?:puede|podria) pasar|(?:posibles )?danos(?: posibles)?|amenaza
            """,
            it=r"""
                e grave|cosa si rischia|(?:possibili )?danni|minaccia|perche e (?:grave|importante|pericoloso)|cosa puo succedere
            """,
            pt=r"""
                e grave|o que pode acontecer|por que (?:isso )?importa\b.{0,10}|(?:possiveis )?danos|ameaca|por que e (?:grave|perigoso)
            """,
            nl=r"""
                risico'?s?|gevolg(?:en)?|hoe erg is het|wat kan er (?:mis|fout) gaan|waarom is dit .{3,20}
            """,
            ru=r"""
                насколько (?:это )?опасно|чем (?:это )?(?:опасно|грозит)|последствия\b.{0,20}|что может .{3,20}
            """,
            east=r"""
                后果|有多严重|严重吗|.{0,6}能做什么|可能造成的?.{2,6}|.{0,4}(?:何ができる).{0,3}|どれくらい危険.{0,4}|.{0,10}もたらす脅威|損失|损失
            """,
            others=r"""
                co moze zrobic .{3,20}|olası sonuclar|saldırgan ne yapabilir|hur allvarligt ar det|skutki|etkiler
            """,
        ),
    ),
    (
        "components",
        by_language(
            flags=0,
            en=rf"""
                (?:affected|impacted|vulnerable|injectable|faulty) (?!to\b|by\b|because\b|and\b|since\b|if\b|when\b|code\b|requests?\b|payloads?\b|{_PEOPLE}\b)\w+(?: (?!(?:is|are|was|were|has|have|can|could|do|does|did|allows?|leads?|lets?|calls?|called|uses?|used|contains?|accepts?|returns?|returned)\b)\w+){{0,3}}
                (?:software|products?|versions?|systems?|packages?|urls?|endpoints?|hosts?|services?|components?) (?:affected|concerned|impacted|vulnerable|known to be vulnerable|in question|involved)
                (?:plugin|app|application|firmware|software|package|module|theme) (?:name|version|name and version)s?
                (?:affects|affecting) (?!you\b|me\b|us\b|all\b|every\w*)\w+|projects?(?: name)?|(?:plugin|theme|package) slug|occurrences?|permalinks?|(?:github )?repo(?:sitory)?(?: name| url)?
                where it (?:lives|is|sits|happens|occurs|hides)|where to (?:find|look)(?: .{{0,10}})?|where (?:does|did) (?:it|this) (?:live|sit|happen|occur)\b.{{0,10}}|where is the (?:bug|flaw|hole|problem|issue|vulnerability|error)
                (?:weak|vulnerable|sore) (?:spot|point)s?|package names?|product names?|what is affected|(?:interfaces?|systems?|functionality|functions?|services?) (?:concerned|involved|in question)
                (?:which|what) (?:software|versions?|products?|hosts?|systems?|part)\b.{{0,30}}
            """,
            fr=rf"""
                (?!(?:les )?{_PEOPLE}\b)(?:les? |la )?\w+ (?:\w+ )?(?:affecte|touche|concerne|impacte|vulnerable|incrimine|vise|atteint)(?:e|s|es)?
                (?:c'est|ca se (?:passe|trouve)|cela se passe) ou|localisation(?: .{{0,20}})?|ou (?:est|se trouve|se situe) (?:le |la |l')?(?:probleme|faille|bug|souci|vulnerabilite)|emplacement\b.{{0,25}}|lien (?:de|vers) la page
                (?:produits?|versions?|systemes?|modules?)(?: et (?:les )?(?:versions?|modules?|produits?))? (?:affecte|touche|concerne|vulnerable|teste)(?:e?s?)
                produits?|(?:quels?|quelles?) (?:produits?|versions?|systemes?|sites?|services?)\b.{{0,25}}
            """,
            de=rf"""
                (?:betroffene|verwundbare|anfallige|fehlerhafte)[rsnm]? (?!{_PEOPLE}\b)\w+|fundort(?:e)?|fundstelle|produkt(?:e)?|wo genau|ort des .{{3,20}}
            """,
            south=rf"""
                (?!{_PEOPLE}\b)\w+ (?:afectad|vulnerab|vulneravei|interessat|vulnerabil|colpit|afetad|atingid)\w*|ubicacion\b.{{0,25}}|localizacion|posizione|localizacao|producto|prodotto|produto|en que parte|dove si trova|onde fica|onde acontece
            """,
            nl=rf"""
                (?:getroffen|kwetsbare|betrokken) (?!{_PEOPLE}\b)\w+|waar (?:gebeurt|zit|staat|is) .{{2,15}}|systemen?|vindplaats
            """,
            ru=r"""
                (?:уязвим|затронут)\w+ \w+|место(?:положение)?|продукт|где (?:именно )?.{3,20}
            """,
            east=r"""
                问题出在哪里|出现位置|涉及(?:页面|系统|产品|url)|影响(?:版本|产品|组件|系统)|受影响版本|漏洞参数|该当(?:ページ|ファイル|箇所)|該当(?:ページ|ファイル|箇所|url)|脆弱な.{2,8}|どこで.{2,8}|発生箇所|発生場所|产品|製品
            """,
            others=r"""
                podatn\w+ \w+|etkilenen \w+|(?:berord|sarbar|paverkad)\w* \w+|var (?:uppstar|finns|ar) .{2,15}
            """,
        ),
    ),
    (
        "description",
        by_language(
            flags=0,
            en=r"""
                (?:in )?(?:a )?(?:short|brief|nutshell|summary|plain words|one sentence|one line|a few words)|(?:the )?(?:short|long|full|whole) (?:version|story|answer)|(?:quick )?(?:rundown|synopsis|gist|outline|recap|preamble)(?: of .{3,20})?|the gist
                what(?: is|'s)? (?:going on|happening|wrong|broken|up|this about|this report is about|it is)(?: .{0,15})?|describe (?:the|your|this) .{3,40}|deep dive|the story(?: .{0,15})?
                why (?:it|this|does this|does it) happens?|where it goes wrong|(?:bug|issue|problem|flaw) in (?:a few|plain|short|few) words|in (?:plain|simple|few) words
                (?:problem|issue|bug) (?:statement|summary|description|report|outline)|advisory (?:text|title|summary)|(?:nature|character|kind) of (?:the )?(?:defect|flaw|problem|issue|bug|vulnerability|weakness)
                (?:my )?(?:discovery|finding)s?(?: in brief)?|about (?:the|this) (?:bug|flaw|vulnerability|issue|problem|weakness|finding)|what (?:i|we) (?:found|saw|noticed|discovered|observed)\b.{0,15}|current (?:bug )?behaviou?r|defects?|the (?:bug|flaw|hole|problem)
                what this (?:report )?is about|the (?:flaw|bug|issue|problem|vulnerability)(?: explained| itself| in .{3,20})?|(?:issue|flaw|bug|problem) in (?:one|a) .{3,20}|how the (?:bug|flaw|vulnerability|attack|issue) works|beschrijving van .{3,20}
            """,
            fr=r"""
                pourquoi (?:ca|cela) (?:arrive|se produit)
                objet du .{3,20}
                (?:le |mon |un )?(?:souci|hic|bug|bogue)|qu'est-ce qui (?:cloche|ne va pas|se passe)|ce que (?:j'ai|nous avons) (?:trouve|remarque|constate|observe|vu|decouvert)\b.{0,15}|analyse(?: technique| detaillee)?|apercu|vue d'ensemble|expose(?: des faits)?|que se passe-t-il|ce qui se passe|(?:la )?version courte|en resume|en clair|intitule|nature (?:de la|du) .{3,20}|(?:les )?faits|c'est quoi (?:le|la|l') ?.{3,20}
            """,
            de=r"""
                worum geht's|was mir aufgefallen ist|was ich gefunden habe|uberblick|fehler(?:beschreibung|bild)|kurz(?:fassung|gesagt)|sachverhalt|in kurze|was ist los|die lucke
            """,
            es=r"""
                lo que (?:encontre|he encontrado|vi)|en (?:pocas palabras|resumen|breve)|que (?:esta mal|falla|pasa)|analisis(?: tecnico)?
            """,
            it=r"""
                in (?:breve|sintesi|poche parole)|cosa (?:ho trovato|non va|succede)|analisi(?: tecnica)?|il problema
            """,
            pt=r"""
                em (?:resumo|poucas palavras)|o que (?:encontrei|acontece|esta errado)|qual (?:e )?a falha|analise(?: tecnica)?
            """,
            nl=r"""
                waar (?:gaat het|het) over(?: gaat)?|wat is er .{3,20}|in het kort|onderwerp(?: van de melding)?|toelichting
            """,
            ru=r"""
                что не так|технические подробности|что (?:я )?(?:обнаружил|нашел)а?|суть|вкратце|подробности
            """,
            east=r"""
                是什么问题|什么问题|我?发现了什么|技术细节|漏洞分析|分析|何が(?:問題|起き).{0,6}|見つけたもの|問題点
            """,
            others=r"""
                na czym polega .{3,15}|zafiyet (?:acıklaması|ozeti)|sorun nedir|vad ar problemet|beskrivning\w*
            """,
        ),
    ),
)
