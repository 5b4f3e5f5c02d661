"""Cues: words and marks that show what a sentence of a report tells, per language.

Tables only; who asks them is `prose`.
"""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE

SMALL_TALK = re.compile(
    r"^\W*(?:(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|greetings|bonjour|bonsoir|salut|madame|monsieur|hallo|guten tag"
    r"|sehr geehrte\w*|liebe[rs]?|hola|buen[oa]s? (?:d[ií]as?|tardes|noches)|estimad\w+|buongiorno|buonasera|gentil\w+|salve|ol[áa]|bom dia|boa (?:tarde|noite)"
    r"|prezad\w+|caros?|здравствуйте|добрый день|привет|уважаем\w+|您好|你好|お世話になっております|こんにちは|拝啓)\b[^.:!?\n]{0,60}[,.:!?]*$"
    r"|(?:kind|best|warm(?:est)?|many|with) (?:regards|wishes|thanks)|regards|cheers|thanks|thank you|thx|tia|sincerely|yours|respectfully|have a (?:nice|good|great|lovely|wonderful|pleasant|fine)|(?:i am |i['’]m )?(?:hoping|looking forward) to hear\w*|i hope to hear|(?:please )?excuse my|excusez(?:-moi)? (?:mon|le|mes)|d[ée]sol[ée]e? pour mon|good luck|(?:i |we )?(?:really )?love (?:the|your) (?:product|service|app|tool|site)"
    r"|merci|cordialement|bien [àa] vous|bonne (?:journ[ée]e|soir[ée]e|r[ée]ception)|salutations|[àa] bient[ôo]t|mit freundlichen|viele gr[üu]|freundliche|beste gr|danke|mfg|gru[sß]"
    r"|saludos|un saludo|atentamente|gracias|cordiali saluti|distinti saluti|grazie|saluti|atenciosamente|abra[çc]os|obrigad\w+|cumprimentos|с уважением|спасибо|よろしくお願い|谢谢|此致)"
    r"|\b(?:my name is|i am (?:an? )?(?:\w+ ){0,3}(?:researcher|hunter|student|pentester|hacker|engineer|developer|consultant|customer|user|enthusiast)\b|i['’]?m an? (?:\w+ ){0,3}(?:researcher|hunter|student|pentester|hacker)"
    r"|je m['’]appelle|je suis (?:un[e]? )?(?:\w+ ){0,2}(?:chercheu\w+|[ée]tudiant\w*|client\w*|d[ée]veloppeu\w+)|mein name ist|ich bin (?:\w+ ){0,3}(?:forscher|student|kunde|entwickler)\w*|mi nombre es|mi chiamo|meu nome [ée]|me llamo)"
    r"|\bi? ?hope (?:you|this|that|to)\b|\b(?:let|keep) me (?:know|posted|updated)\b|\b(?:waiting|wait) for (?:your|a|an) |\blooking forward\b|\bfeel free\b|\bdo not hesitate\b|\bdon['’]t hesitate\b"
    r"|\b(?:please|kindly|pls) (?:confirm|reply|respond|acknowledge|fix|let|tell|advise|treat|see (?:the )?(?:below|attach)|find (?:the )?(?:attach|below|enclosed))"
    r"|\bi['’]?m not an? \w+|\bwe (?:use|are using) your\b|\bi (?:love|like|use|am using) (?:your|mykonci)\b[^.]{0,60}$|\bvery (?:content|happy|satisfied) with\b"
    r"|\bhappy to (?:help|provide|answer|test|retest|clarify)|\bif you (?:have|need) (?:any |more |further )?(?:question|info|detail|help)|\bi (?:will|would|can) (?:not )?(?:publish|disclose|retest|wait)"
    r"|\b(?:i am|i['’]m) (?:reporting|writing|contacting)\b[^.]{0,60}(?:policy|programme?|disclosure|you(?: about)?)[^.]{0,40}$|\breport(?:ing)? (?:it |this )?under your\b|\bhere is (?:my|the|a) report\b"
    r"|\bje (?:reste|me tiens) [àa] (?:votre )?disposition|\bn['’]h[ée]sitez pas\b|\bdans l['’]attente\b|\bbounty\b|\breward\b|\bremunerat|\br[ée]compense\b|\bhow much\b|\bpaypal\b|\bhall of fame\b"
    r"|\bfor (?:any )?questions\b|\b(?:nothing|no data) (?:was|has been|were) (?:\w+ )?(?:changed|kept|stored|downloaded|copied|deleted|modified)|\bi (?:have )?(?:not )?(?:kept|deleted|stored) (?:no|any|all|the)\b[^.]{0,30}(?:data|cop)"
    r"|^\W*(?:sent from my|envoy[ée] de(?:puis)? mon|get outlook for|gesendet von)\b",
    _FLAGS,
)
CONTACT = re.compile(
    r"\b(?:reach|contact|email|e-mail|write(?: to)?|message|call|phone|ping|text|dm) me\b(?! (?:in|your|as|[a-z]\w*_\w+|\S+ in))|\b(?:you can|best way to) (?:reach|contact)\b|\b(?:i am|i['’]m|am|be) (?:also |best |always )?reachable\b|\bi am on (?:signal|telegram|matrix|threema)"
    r"|\b(?:hit|add|find) me (?:up )?(?:on|at)\b|\bon (?:discord|signal|telegram|matrix|threema|wire|keybase|whatsapp)\b[^.]{0,12}\(?\S+|\b(?:threema|signal|telegram|matrix|discord)\b[^.\n]{0,20}\b(?:id|unter|as|at|sous|under)\b|\+\d{1,3}[\d ().-]{7,}\d"
    r"|\bmy (?:contact|e-?mail|phone|signal|telegram|keybase|matrix|pgp|jabber|private)\b[^.]{0,40}(?:is\b|:|@|\+\d)|\b(?:signal|telegram|threema|whatsapp)\s*(?:is|[:@])\s*\S|\b(?:session|wire) id\s*(?:is|:)\s*\S|\b(?:reply|answer|write|respond) (?:\w+ ){0,3}to (?:this address |my )?\S+@\S+"
    r"|\b(?:me contacter|me joindre|me r[ée]pondre|m['’][ée]crire|joignable|mes coordonn[ée]es|mon (?:adresse|t[ée]l[ée]phone|mail|e-?mail|num[ée]ro)(?: \w+){0,2}\s*(?:est\b|[:=+]|\d|\S+@)|(?:me |m['’])(?:rappeler|appeler)\b|[ée]crivez-moi|erreichbar|chiamarmi|ll[áa]m(?:en|ad)me|get hold of me|(?:phone|practice|office|mobile|my) number is|mi (?:telegram|signal|correo|tel[ée]fono) es|(?:sur|su|auf|en|no|via) (?:matrix|signal|telegram|threema|discord|whatsapp)\s*[:(]?\s*@?[\w+]|\bsig(?:nal)?\s*:\s*@\w|contactarme|contattarmi|contatar-me)",
    _FLAGS,
)
_STEP_VERB = (
    r"(?:go|open|visit|log|login|sign|click|send|create|set|change|intercept|navigate|enter|paste|upload|replay|run|use|copy|register|take|put|install|repeat|wait|capture|browse|select|type"
    r"|add|pull|have an?|answer|curl|redo|delete|remove|replace|call|request|inspect|load|start|turn|fill|submit|press|choose|invite|share|switch|edit|modify|pick|download|try|compare|redeem|forward|host|serve|look up|ask for|make an?|follow|insert|append|scroll|connect"
    r"|observe|notice|check|export|import|resend|decode|tamper|disable|enable|attach|read|write|stop|close|listen|refresh|reload|reset|reuse|embed|point|trigger|wait)"
)
STEPS = re.compile(
    rf"^\W*(?:\d{{1,2}}[.)]\s*)?(?:(?:then|next|now|first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|lastly|after (?:that|this|which)|afterwards|also|and|just|simply|please|step \d+\W?)[,:]?\s+)*{_STEP_VERB}\b"
    r"|\bby (?:\w+ly )?\w{3,}ing\b[^.!?]{0,80}\band (?:then )?\w{3,}ing\b|\byou (?:can|could|may) (?:just|simply|then|now|easily) \w+"
    r"|\bi (?:then |just |simply |also |first |now )?(?:go(?:es)? (?:to|on|in)|open|click|send|put|type|enter|change|intercept|capture|log ?in|upload|select|press)\b(?! (?:if|you|this to you))|\bthen (?:\w+ ){1,4}i send\b|\bi (?:was|am|have|had)\b[^.!?]{0,60}\band (?:then |just )?(?:tried|opened|sent|clicked|changed|uploaded|pressed|typed|entered)\b"
    r"|\b(?:intercept[ée]|a[ñn]ad[íi]|puse|abr[íi]|cambi[ée]|envi[ée]|puls[ée]|sub[íi]|escrib[íi]|entr[ée]|ho (?:aperto|cambiato|inviato|cliccato|inserito|intercettato)|(?:abri|mudei|enviei|cliquei|troquei|interceptei|entrei|coloquei))\b"
    r"|\b(?:to |how to |can be |easily |be )(?:re)?produc\w+|\breproduc(?:e|ed|tion|ible)\b|\bsteps?\b[^.]{0,30}:|\byou can (?:see|trigger|verify|check|test|try|do) (?:it|this|that)?"
    r"|\b(?:if|when|once|after|as soon as) (?:you|i|one|we) (?:then )?(?:\w+ly )?(?:open|visit|send|go|change|log|click|submit|replay|request|put|set|enter|add|upload|type|paste|use|call|replace|remove|delete|start|ask|share|sign|do|cancel|press|confirm|close|reload|refresh|scroll|tap|hit|choose|select|copy|edit|drag|move)\w*"
    r"|\bi (?:then |just |simply |also |first |only |even |manually )?(?:opened|went|logged|signed|clicked|sent|created|set|changed|intercepted|entered|pasted|uploaded|replayed|ran|used|copied|registered|asked|took|made|put|installed|repeated|waited"
    r"|captured|selected|typed|added|deleted|removed|replaced|called|requested|tried|tested|compared|wrote|saved|pulled|did|connected|downloaded|started|swapped|edited|modified|exported|imported|invited|shared|visited|browsed|guessed|fetched|looked at|signed up|came back|closed|pressed|switched|dropped)\b"
    r"|\b(?:i|we) (?:then |just |simply |also |first |only |even |manually |now |could )?(?:have |had |['’]ve )?(?!(?:found|noticed|discovered|identified|reported|observed|needed|wanted|tried to contact|mailed|emailed|deleted|stopped|used your|hoped|believed|named|called it|kept|stored|worked)\b)(?:re)?(?:[a-z]{3,}(?:ed)|sent|put|got|wrote|read|took|bought|chose|fed|forged|held|paid|hit|threw|went|tryed|typed|shot|made|ran|saw|built|gave|grabbed|set up)\b"
    r"|\byou (?:just|only) need\b|\bto (?:see|reproduce|verify|trigger|test|check|confirm|exploit|replicate) (?:it|this|that)\b|^\W*(?:the )?steps? (?:is|are)\b|\bhow i (?:noticed|found|did|tested)\b|\bjust (?:\w+) (?:it|this|the)\b|\byou get there\b|\bich habe\b[^.!?]{0,160}\b(?:\w*ge\w{2,}(?:t|en)|\w{3,}iert|[ev]er\w{3,}t)\b"
    r"|\b(?:first|then|next|after that|finally),? (?:i|you|we)\b|\bjust (?:open|visit|send|go|change|add|put|use)\b|\b(?:it is|it['’]s) enough to\b|\ball you need\b|\ball it takes\b"
    r"|\b(?:il faut|tu) (?:se )?(?:connect|ouvr|envo|cliqu|chang|remplac|mett|post)\w+|\bessay[ée] de (?:mettre|changer|remplacer|taper)\b|\bj['’]ai rejou[ée]|\brepet[íi]\b|\bto try it\b|\bhow to repeat\b|\bis needed to (?:send|open|do)\b|\byou can follow this by\b|\byou just have to\b"
    r"|\bpour (?:voir|tester|v[ée]rifier|constater)\b|\beasy to see\b|\byou (?:must|need to|have to|should) (?:only |just |first )?(?:share|open|send|log|go|put|create|click|change|copy|use|visit)\b|\bpour (?:le |la |les )?reproduire|\bil suffit\b|\b(?:d['’]abord|ensuite|puis|enfin)\b,?\s|\b(?:connectez|ouvrez|envoyez|cliquez|allez|changez|remplacez|modifiez|saisissez|cr[ée]ez|lancez)(?:-vous)?\b"
    r"|^\W*(?:\d{1,2}[.)]\s*)?(?:se connecter|ouvrir|envoyer|cliquer|aller|changer|remplacer|modifier|saisir|cr[ée]er|lancer|rejouer|intercepter|supprimer|ajouter|t[ée]l[ée]charger|attendre|copier|coller|entrer|mettre|faire|demander|choisir)\b"
    r"|\b(?:en|apr[èe]s) (?:modifiant|changeant|rempla[çc]ant|envoyant|ouvrant|ajoutant|rejouant|avoir (?:chang|ouvert|modif|envoy|rempl|cr[ée]))|\blorsqu(?:e|['’])|\bje me suis connect\w+|\bj['’]ai (?:ensuite |puis |simplement )?(?:ouvert|chang[ée]|remplac[ée]|envoy[ée]|cr[ée][ée]|modifi[ée]|lanc[ée]|cliqu[ée]|saisi|mis|demand[ée]|essay[ée]|install[ée]|copi[ée]|intercept[ée]|rejou[ée]|ajout[ée]|fait|pris)\b|\bsi (?:on|je|vous|l['’]on) (?:ouvr|chang|rempla|modif|envo|cliqu|met|ajout)\w*"
    r"|\b(?:zum nachstellen|man muss|wenn (?:man|ich)|danach|anschlie[ßs]+end|zuerst|einfach)\b|\bich habe\b[^.]{0,80}\b(?:ge(?:[öo]ffnet|sendet|[äa]ndert|macht|setzt|klickt|tauscht)|angemeldet|ersetzt|eingegeben|ausgetauscht|vertauscht)\b"
    r"|\b(?:para reproducir|basta con|primero|despu[ée]s|luego|si (?:se|uno) (?:cambia|abre|env[íi]a))\b|\b(?:per riprodurre|basta |prima |poi |se si (?:cambia|apre|invia))|\b(?:para reproduzir|primeiro|depois|em seguida)\b",
    _FLAGS,
)
ACTS = re.compile(  # two of them in one sentence are a way to do it
    rf"(?:^\W*|[,;:]\s*(?:and |then |and then )?|\b(?:and|then|to|by|just|you|one|from \w+ \w+) ){_STEP_VERB}(?:s|es|ing|ting|ning)?\b"
    r"|\b(?:se )?(?:connecter|ouvrir|ouvrez|envoyer|cliquer|aller|changer|remplacer|modifier|saisir|lancer|rejouer|supprimer|ajouter|copier|coller|entrer|mettre|choisir|postes|r[ée]cup[èe]res|ouvres|cliques|changes|regardes)\b"
    r"|\b(?:tr[äa]gt|tragen|bucht|buchen|[öo]ffnet|[öo]ffnen|klickt|klicken|sendet|senden|[äa]ndert|[äa]ndern|gedr[üu]ckt|erh[öo]ht|eingeben|gibt|anmelden|hochladen|ersetzen|kopieren)\b"
    r"|\b(?:abrir|picarle|inspeccionar|cambiar|darle|enviar|entrar|copiar|pegar|subir|rodar|ver|clicar|trocar|mudar|colar|aprire|cliccare|cambiare|inviare|inserire|caricare|copiare|modificare)\b",
    _FLAGS,
)
_WHO = (
    r"(?:attackers?|adversar\w+|hackers?|any(?:one|body)|every(?:one|body)|some(?:one|body)|whoever|thie(?:f|ves)|criminals?|competitors?|strangers?|third part(?:y|ies)|outsiders?|intruders?|spammers?|scammers?|fraudsters?"
    r"|(?:an?|any|every|each|other|another|all|the|your|such an?|malicious|normal|unprivileged|logged[- ]in|unauthenticated|anonymous|remote|local|wrong) (?:\w+[ -]){0,3}(?:users?|persons?|people|customers?|members?|visitors?|sites?|websites?|tenants?|colleagues?|employees?|guests?|accounts?|victims?|admins?|company|companies)|users|people|customers|victims|one|(?:any|each|every|other|another|quelle autre|malicious) (?:\w+ ){0,2}apps?|who gets hold[^.]{0,40}|he or she|they)"
)
IMPACT = re.compile(
    rf"\bbefore (?:some|any)(?:body|one)(?: else)?\b|\b(?:feast|gift|paradise|gold ?mine|treasure|field day|heaven|jackpot|invitation) (?:for|to)\b|\b(?:nice|great|good|perfect|lovely) (?:\w+ )?(?:for|to) (?:robo|spam|phish|scam|attack|thie|criminal|bot|stalk)\w*|\b(?:every|any|all) (?:\w+ )?accounts?\b[^.!?]{{0,60}}\b(?:lost|gone|taken|open)\b|\b{_WHO}\b[^.!?]{{0,80}}\b(?:can|could|may|might|would|will|is able|are able|gets?|owns?|becomes?|face|lose)\b"
    r"|\bwhoever\b[^.!?]{0,80}\b(?:is|gets|becomes|owns|reads|controls|has|can|may)\b|\bgarde(?:ra|rait)? (?:donc |ainsi |toujours )?l['’]acc[èe]s|\bmalveillante?\b[^.!?]{0,60}\bpeu(?:t|vent)\b|\b(?:somebody|someone|anyone|everyone|visitor)s?\b[^.!?]{0,60}\bgets? (?:in|into|access)\b|\beffect is\b|\btaugt f[üu]r\b|\bleaked to\b"
    r"|\b(?:open|readable|accessible|visible) (?:to|for) (?:every|any)(?:one|body)\b|\b(?:to|for) the (?:whole|entire) (?:internet|world)\b|\bin the hands of\b|\bwith that i (?:was able|could)\b|\bcould have (?:taken|read|changed|deleted|stolen|used)\b|\bwhy you should care\b"
    r"|\b(?:autrement dit|concr[èe]tement|du coup|par cons[ée]quent)\b|\bse fai(?:t|re|sant) passer\b|\b(?:premier|tout) (?:venu|le monde)\b|\btous? (?:les|vos) comptes\b|\bgarderait\b|\brepart avec\b|\bdamit (?:kann|k[öo]nnt?e|konnte)\w*|\bwer\b[^.!?]{0,80}\b(?:kommt|kann|liest|bekommt|erh[äa]lt)\b"
    r"|\battackers?\b[^.!?]{0,40}\b(?:takes?|reads?|sees?|gets?|obtains?|controls?|owns?)\b|\b(?:handy|useful|perfect|ideal) for (?:some|any|an?|phish\w+|attackers?|the)\w*\b|\b(?:everyone|everybody|anyone) being\b|\b(?:is|are) exposed\b|\bvictims? (?:who|that|would|then)\b|\bha(?:s|ve) lost (?:his|her|their)\b"
    r"|\b(?:firms?|partners?|companies|third parties) (?:\w+ )?(?:hold|have|receive|see)\b|\bcode execution\b|\blassen sich\b|\bauf diesem weg\b|\bla perte\b|\bpire cas\b|\bharc[èe]lement|\bpourrai(?:t|ent)\b|\bpossono (?:quindi|cos[ìi])\b|\btruffator\w+|\bmal-?intencionad\w+"
    r"|(?<!-)\b(?:allow(?:s|ing)?|lets?|enabl(?:es|ing)|permits?|lead(?:s|ing)? to|result(?:s|ing)? in|could lead|would lead|opens? the door)\b|\bimpact\b|\bconsequen\w+|\b(?:this|that|it|which) (?:\w+ ){0,2}(?:means|gives|makes)\b|\b(?:is|are) (?:at risk|in danger|in clear danger)\b"
    r"|\b(?:i|we) could (?:also |even |then |now )?(?:open|read|see|download|delete|change|access|take|post|send)\b|\bcan (?:also |even )?be (?:read|stolen|seen|changed|abused|exploited|taken|downloaded|guessed|deleted|forged|used (?:to|by|for))\b|\bvisible (?:to|for)\b|\bbad (?:person|people|guys?|actors?)\b|\bis (?:now )?public\b|\bleaks?\b|\bfor (?:us|your customers) this means\b|\bpossible\b[^.]{0,10}$"
    r"|\b(?:full|complete|total) (?:account |system )?(?:take-?over|compromise|access|control)\b|\baccount take-?over\b|\btake over\b|\bexfiltrat\w+|\bimpersonat\w+|\bsteal(?:ing|s)?\b|\btheft\b|\bstolen\b|\bfraud\w*|\bphish(?:ing|ed)\b|\bwipe out\b|\bgdpr\b|\brgpd\b|\bdsgvo\b|\bat risk\b|\bworst\b|\bidentity\b|\bdangerous\b|\bprivacy\b|\bbreach\b|\babus(?:e|ed|ing)\b|\bdamage\b|\bblackmail\b"
    r"|\b(?:un[e]?|l['’]|tout[e]?|des|les|vos|chaque|autre) ?(?:\w+ ){0,2}(?:attaquant|utilisateur|tiers|pirate|personne|concurrent|client|application|visiteur|employ[ée]|inconnu|membre)\w*\b[^.!?]{0,80}\b(?:peu(?:t|vent|rra\w*)|pourrai\w+|est capable|saurai\w+)\b|\b(?:n['’]importe (?:qui|quell?e?s?)|quelqu['’]un|on|quiconque|tout le monde|ils?)\b[^.!?]{0,60}\b(?:peut|pourrait|peuvent|pourraient|acc[èe]de)\b|\bpermet(?:tant|trait|tent)?\b|\bcons[ée]quence|\bl['’]impact\b|\busurp\w+|\bprise de contr[ôo]le|\bvol(?:er|s)? (?:de|des|la|le|les)\b|\bservent de relais\b|\bdonn[ée]es (?:personnelles|bancaires)|\bcompromi\w+"
    r"|\b(?:angreifer\w*|jede[rm]?|jemand|dritte|man|alle\w*|wer)\b[^.!?]{0,80}\b(?:kann|k[öo]nn\w+|m[öo]glich|droh\w+)\b|\bauswirkung|\berm[öo]glicht|\bmissbrauch\w*"
    r"|\b(?:atacante|cualquiera|cualquier \w+|alguien|terceros?|usuario)s?\b[^.!?]{0,80}\b(?:puede|podr[íi]a|pueden|podr[íi]an)\b|\bpermite\b|\b(?:attaccante|chiunque|malintenzionat\w|qualcuno|utente)\b[^.!?]{0,80}\b(?:pu[òo]|potrebbe|possono|potrebbero)\b|\b(?:permette|consente)\b|\b(?:qualquer \w+|algu[ée]m|invasor|atacante|usu[áa]rio)\b[^.!?]{0,80}\b(?:pode|poderia|poder[áa]|podem|consegue)\b"
    r"|\bзлоумышленник\w*\b|\bпозволяет\b|攻击者|攻撃者",
    _FLAGS,
)
OPENS = re.compile(
    r"\b(?:i(?:['’]d| would)? (?:like|want) to (?:report|inform|bring|share|disclose)|i am (?:reporting|writing)|i report|this is a report|je (?:souhaite|voudrais|veux|vous) (?:signaler|[ée]cris|informer)|ich m[öo]chte)\b",
    _FLAGS,
)
SO = re.compile(  # weak: only where nothing else tells a consequence
    r"\b(?:so|thus|therefore|hence|as a result|consequently|that way|donc|ainsi|also|somit|por lo tanto|quindi|portanto)\b[^.!?]{0,80}\b(?:can|could|may|might|will|would|face|lose|is|are|leave|pe(?:ut|uvent)|on|est|sont|tombe\w*|kann|k[öo]nnen|ist|kommt|puede\w*|pu[òo]|pode\w*)\b|\bthat way\b",
    _FLAGS,
)
COMMANDS = re.compile(
    rf"^\W*(?:(?:then|next|now|first|just|simply|please|step \d+\W?)[,:]?\s+)*{_STEP_VERB}\b|^\W*(?:to (?:see|reproduce|verify|trigger|test)|steps|pour (?:le |la )?reproduire)\b",
    _FLAGS,
)
SURE_IMPACT = re.compile(
    r"\b(?:attackers?|adversar\w+|hackers?)\b[^.!?]{0,60}\b(?:can|could|may|might|would|will|is able|to)\b|\b(?:any|every)(?:one|body)\b[^.!?]{0,60}\b(?:can|could|to)\b|\bimpact\b|\bconsequences?\b|\bso that\b[^.]{0,60}\bcan\b|\bla perte\b|\bpire cas\b|\bworst case\b|\beverybody can\b|\battacker (?:thereby|then|thus) \w+s\b"
    r"|\b(?:un|l['’]) ?(?:attaquant|pirate)\b[^.!?]{0,60}\b(?:peut|pourrait)\b|\bn['’]importe qui\b[^.]{0,40}\bp(?:eut|ourrait)\b|\bl['’]impact\b|\bcons[ée]quences?\b|\bangreifer\w*\b[^.]{0,60}\bk[aöo]nn",
    _FLAGS,
)
REVEALS = re.compile(
    r"\b(?:and|i|we) (?:found|noticed|realis?zed|saw) that\b|\bturns? out that\b|\b(?:is|are|was) (?:not|never) (?:being )?(?:checked|validated|escaped|encoded|saniti[sz]ed|verified|filtered|compared)\b|\bdoes not (?:contain|check|validate|verify|escape|compare)\b|\bresolves external entities\b"
    r"|\bn['’]est (?:pas|jamais) (?:v[ée]rifi|contr[ôo]l|[ée]chapp|filtr|valid)[ée]e?\b|\bne (?:v[ée]rifie|contr[ôo]le|regarde|filtre) pas\b|\bwird nicht (?:gepr[üu]ft|maskiert|gefiltert|validiert)\b|\bno se (?:comprueba|valida|filtra)\b|\bnon viene (?:controllat|verificat|filtrat)\w",
    _FLAGS,
)
SURE_PROOF = re.compile(
    r"\b(?:recorded|filmed|made) (?:a |the |an |it )?(?:short |small )?(?:videos?|film|screencast|clip|gif)\b|\b(?:screen ?shots?|videos?|recording|screencast)\b[^.!?]{0,30}\b(?:attach\w+|enclosed|joint\w*)\b|\battach\w*\b[^.!?]{0,30}\b(?:screen ?shots?|videos?|recording|script|[\w-]+\.(?:png|mp4|py|txt|jpe?g|webm|html))\b",
    _FLAGS,
)
PROOF = re.compile(
    r"\b(?:sent|send|sending)\b[^.!?]{0,30}\b(?:in|as) (?:an? )?(?:zip|attachment|file)\b|\b(?:i|we) (?:attach|enclose|append)\b|\b(?:captures?|copies?|vid[ée]os?|fichiers?|photos?)\b[^.!?]{0,40}\bjointe?s?\b|\badjunto\b|\bproofs? of concept\b|\bpocs?\b|\bpayloads?\b|\b(?:attached|enclosed|attachment)\b|\bscreen ?shots?\b|\b(?:vid[ée]os?|record(?:ing|ed it)|gif|screencast)\b|loom\.com/|youtu\.?be|vimeo\.com/|streamable\.com/|\bcurl -|\bpreuves? de concept\b|\bci-joint\w*|\ben pi[èe]ce jointe\b|\bcaptures? d['’][ée]cran\b"
    r"|\bvoici (?:la requ[êe]te|le code|l['’]url|un exemple)|\b(?:here is|this is) (?:the|my|an?) (?:request|response|code|script|output|example|payload|proof)|\b(?:request|response|output|example|evidence)\b[^.]{0,30}:\s*$|\bthe request (?:was|is|looks like)\b|\bfor example\b|\b(?:im|als) anhang\b|\bbildschirmfoto|\bbeispiel\b|\badjunt\w+|\bin allegato\b|\bem anexo\b|\bcaptura de (?:pantalla|tela)|\bаттач|\bприкреп|\bво вложении"
    r"|<script|<svg|<img|alert\(|['\"]\s*(?:or|and)\s+['\"\d]|\.\./\.\./|\{\{7\*7\}\}|\$\{jndi|sleep\(|union select|/etc/passwd|%3cscript|onerror=|javascript:|=HYPERLINK\(",
    _FLAGS,
)
STOPPED = re.compile(  # what somebody did not do is no step
    r"\W*(?:(?:but|and|of course|to be clear),? )?(?:i|we) (?:did not|didn['’]t|have not|haven['’]t|never|stopped|have only|only)\b|\W*je n['’](?:ai|y ai)\b[^.]{0,30}\b(?:pas|rien|jamais)\b",
    _FLAGS,
)
PAYLOAD = re.compile(
    r"<(?:script|svg|img|iframe|!DOCTYPE|!ENTITY)\b|alert\(|['\"]\s*(?:or|and)\s+['\"\d]|\.\./\.\./|\{\{7\*7\}\}|\$\{jndi|sleep\(|\(select\b|union\s+select|\{\{[^{}\n]{3,120}\}\}|\beyJ[\w-]{8,}|^(?:GET|POST|PUT|DELETE|PATCH) /\S+|(?-i:^[A-Z][A-Z_]{3,30}=\S{6,})|\b\w{1,40}:\s?\{\w{1,40}:\s?[\"']|^(?:Referer|Host|Origin|X-Forwarded-[A-Z]\w+|Cookie|Authorization|Location|Set-Cookie):\s*\S{6,}|/etc/passwd|%3cscript|onerror=|javascript:"
    r"|\bfetch\(|\b(?:mutation|query)\b[^\n{]{0,40}\{|\$ \w+|^[ \t]*(?:hashcat|sqlmap|ffuf|nmap|dig|wget|openssl|redis-cli|nc|adb|git clone|aws s3) |«[^»\n]{30,400}»|https?://[^\s?]{1,200}\?[^\s]{0,200}?(?:=https?:|=(?:/|%2f|\\\\){2}|\.\.(?:/|%2f)|%0d%0a)|redirect_uri=|[?&]state=|\bshow\w*:\s*\S+,\s*\S+,"
    r"|https?://(?:www\.)?(?:loom\.com|youtu\.?be|vimeo\.com|streamable\.com)|!\[[^\]\n]{0,60}\]\(https?:|https?://[^\s]{3,100}[/_-](?:poc|proof|preuve|demo)\b"
    r"|=HYPERLINK\(|\{\s*[\"'][^\"'\n]{1,40}[\"']\s*:\s*[\"'\d\[{]|`[^`\n]{8,200}`|\bcurl\s+(?:-|['\"]?https?:)\S*|\badb shell \S+",
    _FLAGS | re.MULTILINE,
)
