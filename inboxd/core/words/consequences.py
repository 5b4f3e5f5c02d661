"""How a consequence is told: who could do what, and what it means for others."""

from __future__ import annotations

import re

from inboxd.core.words import joined, pattern

_WHO = joined(
    r"""
    (?:
        attackers?|adversar\w+|hackers?|any(?:one|body)|every(?:one|body)|some(?:one|body)
        whoever|thie(?:f|ves)|criminals?|competitors?|strangers?|third part(?:y|ies)|outsiders?
        intruders?|spammers?|scammers?|fraudsters?
        (?:an?|any|every|each|other|another|all|the|your|such an?|malicious|normal|unprivileged|logged[- ]in|unauthenticated|anonymous|remote|local|wrong) (?:\w+[ -]){0,3}(?:
            users?|persons?|people|customers?|members?|visitors?|sites?|websites?|tenants?
            colleagues?|employees?|guests?|accounts?|victims?|admins?|company|companies
        )
        users|people|customers|victims|one
        (?:any|each|every|other|another|quelle autre|malicious) (?:\w+ ){0,2}apps?
        who gets hold[^.]{0,40}|he or she|they
    )
    """
)
IMPACT = pattern(
    rf"""
    \bbefore (?:some|any)(?:body|one)(?: else)?\b
    \b(?:
        feast|gift|paradise|gold ?mine|treasure|field day|heaven|jackpot|invitation
    ) (?:for|to)\b
    \b(?:nice|great|good|perfect|lovely) (?:\w+ )?(?:for|to) (?:
        robo|spam|phish|scam|attack|thie|criminal|bot|stalk
    )\w*
    \b(?:every|any|all) (?:\w+ )?accounts?\b[^.!?]{{0,60}}\b(?:lost|gone|taken|open)\b
    \b{_WHO}\b[^.!?]{{0,80}}\b(?:
        can|could|may|might|would|will|is able|are able|gets?|owns?|becomes?|face|lose
    )\b
    \bwhoever\b[^.!?]{{0,80}}\b(?:is|gets|becomes|owns|reads|controls|has|can|may)\b
    \bgarde(?:ra|rait)? (?:donc |ainsi |toujours )?l['’]acc[èe]s
    \bmalveillante?\b[^.!?]{{0,60}}\bpeu(?:t|vent)\b
    \b(?:somebody|someone|anyone|everyone|visitor)s?\b[^.!?]{{0,60}}\bgets? (?:in|into|access)\b
    \beffect is\b|\btaugt f[üu]r\b|\bleaked to\b
    \b(?:open|readable|accessible|visible) (?:to|for) (?:every|any)(?:one|body)\b
    \b(?:to|for) the (?:whole|entire) (?:internet|world)\b
    \bin the hands of\b|\bwith that i (?:was able|could)\b
    \bcould have (?:taken|read|changed|deleted|stolen|used)\b
    \bwhy you should care\b
    \b(?:autrement dit|concr[èe]tement|du coup|par cons[ée]quent)\b
    \bse fai(?:t|re|sant) passer\b
    \b(?:premier|tout) (?:venu|le monde)\b
    \btous? (?:les|vos) comptes\b|\bgarderait\b|\brepart avec\b
    \bdamit (?:kann|k[öo]nnt?e|konnte)\w*
    \bwer\b[^.!?]{{0,80}}\b(?:kommt|kann|liest|bekommt|erh[äa]lt)\b
    \battackers?\b[^.!?]{{0,40}}\b(?:takes?|reads?|sees?|gets?|obtains?|controls?|owns?)\b
    \b(?:handy|useful|perfect|ideal) for (?:some|any|an?|phish\w+|attackers?|the)\w*\b
    \b(?:everyone|everybody|anyone) being\b
    \b(?:is|are) exposed\b
    \bvictims? (?:who|that|would|then)\b
    \bha(?:s|ve) lost (?:his|her|their)\b
    \b(?:firms?|partners?|companies|third parties) (?:\w+ )?(?:hold|have|receive|see)\b
    \bcode execution\b|\blassen sich\b|\bauf diesem weg\b|\bla perte\b|\bpire cas\b
    \bharc[èe]lement|\bpourrai(?:t|ent)\b|\bpossono (?:quindi|cos[ìi])\b|\btruffator\w+
    \bmal-?intencionad\w+
    (?<!-)\b(?:
        allow(?:s|ing)?|lets?|enabl(?:es|ing)|permits?|lead(?:s|ing)? to|result(?:s|ing)? in
        could lead|would lead|opens? the door
    )\b
    \bimpact\b|\bconsequen\w+
    \b(?:this|that|it|which) (?:\w+ ){{0,2}}(?:means|gives|makes)\b
    \b(?:is|are) (?:at risk|in danger|in clear danger)\b
    \b(?:i|we) could (?:also |even |then |now )?(?:
        open|read|see|download|delete|change|access|take|post|send
    )\b
    \bcan (?:also |even )?be (?:
        read|stolen|seen|changed|abused|exploited|taken|downloaded|guessed|deleted|forged
        used (?:to|by|for)
    )\b
    \bvisible (?:to|for)\b
    \bbad (?:person|people|guys?|actors?)\b
    \bis (?:now )?public\b|\bleaks?\b
    \bfor (?:us|your customers) this means\b
    \bpossible\b[^.]{{0,10}}$
    \b(?:full|complete|total) (?:account |system )?(?:take-?over|compromise|access|control)\b
    \baccount take-?over\b|\btake over\b|\bexfiltrat\w+|\bimpersonat\w+|\bsteal(?:ing|s)?\b
    \btheft\b|\bstolen\b|\bfraud\w*|\bphish(?:ing|ed)\b|\bwipe out\b|\bgdpr\b|\brgpd\b|\bdsgvo\b
    \bat risk\b|\bworst\b|\bidentity\b|\bdangerous\b|\bprivacy\b|\bbreach\b|\babus(?:e|ed|ing)\b
    \bdamage\b|\bblackmail\b
    \b(?:un[e]?|l['’]|tout[e]?|des|les|vos|chaque|autre) ?(?:\w+ ){{0,2}}(?:
        attaquant|utilisateur|tiers|pirate|personne|concurrent|client|application|visiteur
        employ[ée]|inconnu|membre
    )\w*\b[^.!?]{{0,80}}\b(?:peu(?:t|vent|rra\w*)|pourrai\w+|est capable|saurai\w+)\b
    \b(?:
        n['’]importe (?:qui|quell?e?s?)|quelqu['’]un|on|quiconque|tout le monde|ils?
    )\b[^.!?]{{0,60}}\b(?:peut|pourrait|peuvent|pourraient|acc[èe]de)\b
    \bpermet(?:tant|trait|tent)?\b|\bcons[ée]quence|\bl['’]impact\b|\busurp\w+
    \bprise de contr[ôo]le
    \bvol(?:er|s)? (?:de|des|la|le|les)\b
    \bservent de relais\b
    \bdonn[ée]es (?:personnelles|bancaires)
    \bcompromi\w+
    \b(?:
        angreifer\w*|jede[rm]?|jemand|dritte|man|alle\w*|wer
    )\b[^.!?]{{0,80}}\b(?:kann|k[öo]nn\w+|m[öo]glich|droh\w+)\b
    \bauswirkung|\berm[öo]glicht|\bmissbrauch\w*
    \b(?:
        atacante|cualquiera|cualquier \w+|alguien|terceros?|usuario
    )s?\b[^.!?]{{0,80}}\b(?:puede|podr[íi]a|pueden|podr[íi]an)\b
    \bpermite\b
    \b(?:
        attaccante|chiunque|malintenzionat\w|qualcuno|utente
    )\b[^.!?]{{0,80}}\b(?:pu[òo]|potrebbe|possono|potrebbero)\b
    \b(?:permette|consente)\b
    \b(?:
        qualquer \w+|algu[ée]m|invasor|atacante|usu[áa]rio
    )\b[^.!?]{{0,80}}\b(?:pode|poderia|poder[áa]|podem|consegue)\b
    \bзлоумышленник\w*\b|\bпозволяет\b|\b(?:доступн\w+|видн\w+) (?:кажд|люб|посторонн|чуж)\w+|\bмо(?:жет|гут) (?:\w+ ){{0,2}}(?:прочитать|украсть|увидеть|захватить|получить|войти)
    攻击者|攻撃者|(?:可能|容易|会)(?:被|外泄|泄露)|外泄|泄露|被(?:别|他|坏)?人|窃取|盗取|盗用|冒充|接管|夺走|损失|危害
    おそれがあ|恐れがあ|危険(?:です|性|があ)|被害|損害|悪用|盗(?:ま|む|み)|漏(?:え|れ|洩)|流出|なりすま|乗っ取|第三者
    """,
)
SO = re.compile(  # weak: only where nothing else tells a consequence
    r"\b(?:so|thus|therefore|hence|as a result|consequently|that way|donc|ainsi|also|somit|por lo tanto|quindi|portanto)\b[^.!?]{0,80}\b(?:can|could|may|might|will|would|face|lose|is|are|leave|pe(?:ut|uvent)|on|est|sont|tombe\w*|kann|k[öo]nnen|ist|kommt|puede\w*|pu[òo]|pode\w*)\b|\bthat way\b",
    re.IGNORECASE,
)
SURE_IMPACT = pattern(
    r"""
    \b(?:attackers?|adversar\w+|hackers?)\b[^.!?]{0,60}\b(?:
        can|could|may|might|would|will|is able|to
    )\b
    \b(?:any|every)(?:one|body)\b[^.!?]{0,60}\b(?:can|could|to)\b
    \bimpact\b|\bconsequences?\b|\bso that\b[^.]{0,60}\bcan\b|\bla perte\b|\bpire cas\b
    \bworst case\b|\beverybody can\b
    \battacker (?:thereby|then|thus) \w+s\b
    \b(?:un|l['’]) ?(?:attaquant|pirate)\b[^.!?]{0,60}\b(?:peut|pourrait)\b
    \bn['’]importe qui\b[^.]{0,40}\bp(?:eut|ourrait)\b
    \bl['’]impact\b|\bcons[ée]quences?\b
    \bangreifer\w*\b[^.]{0,60}\bk[aöo]nn
    """,
)
FOLLOWS = pattern(  # what it means for others
    r"""
    \b(?:
        any(?:one|body)|every(?:one|body)|whoever|nobody (?:else )?can
        would (?:receive|have|get|see|own|be able)
        you(?:['’]d| would) (?:be losing|lose)
        all an attacker needs|is then theirs
        (?:spammer|stranger|thief|neighbou?r|competitor)s?\b[^.!?]{0,40}\b(?:can|could|may)
    )\b
    \b(?:
        n['’]importe qui|quiconque|tout le monde
        d['’]autres (?:voient|peuvent|pourraient)
        un (?:spammeur|voleur|inconnu|voisin|concurrent)\b[^.!?]{0,40}\bp(?:eut|ourrait)
    )\b
    \bk[öo]nnt?en? (?:\w+ ){0,3}(?:angreifer|jemand|jeder|man|dritte)\w*
    \b(?:jeder(?:mann)?|chiunque|cualquier(?:a| persona)|qualquer (?:um|pessoa))\b
    \bthereby\b|\bin effect\b|\bwithout any password\b|\bfree (?:stays?|money|credit)\b
    \b(?:read|write|access) (?:and write |access )?(?:on|to) (?:every|all|any|the whole)\b
    \b(?:read|dump) (?:the )?(?:whole|entire|complete) (?:database|db)\b
    \bn['’]importe quel(?:le)? (?:compte|utilisateur|client)\b|\bprendre la place de\b
    \b(?:sont|est) (?:communiqu[ée]e?s?|lisibles?|accessibles?|visibles?|expos[ée]e?s?)\b
    \bdamit (?:ist|sind|kann|lassen|w[äa]re)\b|\bkann (?:damit|dadurch|so)\b|\bwertlos\b
    \babziehen\b|\bsi pu[òo] (?:quindi|cos[ìi])\b|\bquem quiser\b|\bquien quiera\b
    \biedereen\b|\bvem som helst\b|\bкажд(?:ый|ому)\b|\bлюбой\b|任何人|任意|誰でも
    """,
)
POSSIBLE = pattern(  # the weakest: what may be, when nothing else tells a consequence
    r"""
    (?<!you )(?<!i )(?<!we )\b(?:can|could|may|might)\b(?! (?:you|i|we|see|confirm|send|show)\b)
    \b(?:peut|peuvent|pourrai(?:t|ent))\b|\b(?:kann|k[öo]nnen|k[öo]nnte)\b(?! ich)
    \b(?:pu[òo]|possono|potrebbe|puede|pueden|podr[íi]a|pode|podem|poderia)\b
    """,
)
