"""How somebody tells what was done, or what is to be done."""

from __future__ import annotations

import re

from inboxd.core.words import joined, pattern

_STEP_VERB = joined(
    r"""
    (?:
        go|open|visit|log|login|sign|click|send|create|set|change|intercept|navigate|enter|paste
        upload|replay|run|use|copy|register|take|put|install|repeat|wait|capture|browse|select
        type|add|pull|have an?|answer|curl|redo|delete|remove|replace|call|request|inspect|load
        start|turn|fill|submit|press|choose|invite|share|switch|edit|modify|pick|download|try
        compare|redeem|forward|host|serve|look up|ask for|make an?|follow|insert|append|scroll
        connect|observe|notice|check|export|import|resend|decode|tamper|disable|enable|attach
        read|write|stop|close|listen|refresh|reload|reset|reuse|embed|point|trigger|wait
    )
    """
)
STEPS = pattern(
    rf"""
    ^\W*(?:\d{{1,2}}[.)]\s*)?(?:(?:then|next|now|first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|lastly|after (?:that|this|which)|afterwards|also|and|just|simply|please|step \d+\W?)[,:]?\s+)*{_STEP_VERB}\b
    \bby (?:\w+ly )?\w{{3,}}ing\b[^.!?]{{0,80}}\band (?:then )?\w{{3,}}ing\b
    \byou (?:can|could|may) (?:just|simply|then|now|easily) \w+
    \bi (?:then |just |simply |also |first |now )?(?:
        go(?:es)? (?:to|on|in)|open|click|send|put|type|enter|change|intercept|capture|log ?in
        upload|select|press
    )\b(?! (?:if|you|this to you))
    \bthen (?:\w+ ){{1,4}}i send\b
    \bi (?:was|am|have|had)\b[^.!?]{{0,60}}\band (?:then |just )?(?:
        tried|opened|sent|clicked|changed|uploaded|pressed|typed|entered
    )\b
    \b(?:
        intercept[ée]|a[ñn]ad[íi]|puse|abr[íi]|cambi[ée]|envi[ée]|puls[ée]|sub[íi]|escrib[íi]
        entr[ée]
        ho (?:aperto|cambiato|inviato|cliccato|inserito|intercettato)
        (?:abri|mudei|enviei|cliquei|troquei|interceptei|entrei|coloquei)
    )\b
    \b(?:to |how to |can be |easily |be )(?:re)?produc\w+
    \breproduc(?:e|ed|tion|ible)\b|\bsteps?\b[^.]{{0,30}}:
    \byou can (?:see|trigger|verify|check|test|try|do) (?:it|this|that)?
    \b(?:if|when|once|after|as soon as) (?:you|i|one|we) (?:then )?(?:\w+ly )?(?:
        open|visit|send|go|change|log|click|submit|replay|request|put|set|enter|add|upload|type
        paste|use|call|replace|remove|delete|start|ask|share|sign|do|cancel|press|confirm|close
        reload|refresh|scroll|tap|hit|choose|select|copy|edit|drag|move
    )\w*
    \bi (?:then |just |simply |also |first |only |even |manually )?(?:
        opened|went|logged|signed|clicked|sent|created|set|changed|intercepted|entered|pasted
        uploaded|replayed|ran|used|copied|registered|asked|took|made|put|installed|repeated
        waited|captured|selected|typed|added|deleted|removed|replaced|called|requested|tried
        tested|compared|wrote|saved|pulled|did|connected|downloaded|started|swapped|edited
        modified|exported|imported|invited|shared|visited|browsed|guessed|fetched|looked at
        signed up|came back|closed|pressed|switched|dropped
    )\b
    \b(?:i|we) (?:then |just |simply |also |first |only |even |manually |now |could )?(?:have |had |['’]ve )?(?!(?:found|noticed|discovered|identified|reported|observed|needed|wanted|tried to contact|mailed|emailed|deleted|stopped|used your|hoped|believed|named|called it|kept|stored|worked)\b)(?:re)?(?:
        [a-z]{{3,}}(?:ed)|sent|put|got|wrote|read|took|bought|chose|fed|forged|held|paid|hit
        threw|went|tryed|typed|shot|made|ran|saw|built|gave|grabbed|set up
    )\b
    \byou (?:just|only) need\b
    \bto (?:
        see|reproduce|verify|trigger|test|check|confirm|exploit|replicate
    ) (?:it|this|that)\b
    ^\W*(?:the )?steps? (?:is|are)\b
    \bhow i (?:noticed|found|did|tested)\b
    \bjust (?:\w+) (?:it|this|the)\b|\byou get there\b
    \bich habe\b[^.!?]{{0,160}}\b(?:\w*ge\w{{2,}}(?:t|en)|\w{{3,}}iert|[ev]er\w{{3,}}t)\b
    \b(?:first|then|next|after that|finally),? (?:i|you|we)\b
    \bjust (?:open|visit|send|go|change|add|put|use)\b
    \b(?:it is|it['’]s) enough to\b|\ball you need\b|\ball it takes\b
    \b(?:il faut|tu) (?:se )?(?:connect|ouvr|envo|cliqu|chang|remplac|mett|post)\w+
    \bessay[ée] de (?:mettre|changer|remplacer|taper)\b
    \bj['’]ai rejou[ée]|\brepet[íi]\b|\bto try it\b|\bhow to repeat\b
    \bis needed to (?:send|open|do)\b|\byou can follow this by\b|\byou just have to\b
    \bpour (?:voir|tester|v[ée]rifier|constater)\b
    \beasy to see\b
    \byou (?:must|need to|have to|should) (?:only |just |first )?(?:
        share|open|send|log|go|put|create|click|change|copy|use|visit
    )\b
    \bpour (?:le |la |les )?reproduire|\bil suffit\b
    \b(?:d['’]abord|ensuite|puis|enfin)\b,?\s
    \b(?:
        connectez|ouvrez|envoyez|cliquez|allez|changez|remplacez|modifiez|saisissez|cr[ée]ez
        lancez
    )(?:-vous)?\b
    ^\W*(?:\d{{1,2}}[.)]\s*)?(?:
        se connecter|ouvrir|envoyer|cliquer|aller|changer|remplacer|modifier|saisir|cr[ée]er
        lancer|rejouer|intercepter|supprimer|ajouter|t[ée]l[ée]charger|attendre|copier|coller
        entrer|mettre|faire|demander|choisir
    )\b
    \b(?:en|apr[èe]s) (?:
        modifiant|changeant|rempla[çc]ant|envoyant|ouvrant|ajoutant|rejouant
        avoir (?:chang|ouvert|modif|envoy|rempl|cr[ée])
    )
    \blorsqu(?:e|['’])|\bje me suis connect\w+
    \bj['’]ai (?:ensuite |puis |simplement )?(?:
        ouvert|chang[ée]|remplac[ée]|envoy[ée]|cr[ée][ée]|modifi[ée]|lanc[ée]|cliqu[ée]|saisi
        mis|demand[ée]|essay[ée]|install[ée]|copi[ée]|intercept[ée]|rejou[ée]|ajout[ée]|fait
        pris
    )\b
    \bsi (?:on|je|vous|l['’]on) (?:ouvr|chang|rempla|modif|envo|cliqu|met|ajout)\w*
    \b(?:zum nachstellen|man muss|wenn (?:man|ich)|danach|anschlie[ßs]+end|zuerst|einfach)\b
    \bich habe\b[^.]{{0,80}}\b(?:
        ge(?:[öo]ffnet|sendet|[äa]ndert|macht|setzt|klickt|tauscht)
        angemeldet|ersetzt|eingegeben|ausgetauscht|vertauscht
    )\b
    \b(?:
        para reproducir|basta con|primero|despu[ée]s|luego
        si (?:se|uno) (?:cambia|abre|env[íi]a)
    )\b
    \b(?:per riprodurre|basta |prima |poi |se si (?:cambia|apre|invia))
    \b(?:para reproduzir|primeiro|depois|em seguida)\b
    \bя (?:\w+ )?(?:набрал|открыл|вв[её]л|создал|сделал|отправил|нажал|заш[её]л|поменял|изменил|скопировал|загрузил)\w?\b|\bдля воспроизведения\b|\bсначала\b|\bзатем\b
    (?:先|然后|再|接着|之后|随后)[^。！？]{{0,20}}(?:打开|点击|点|输入|登录|修改|改成|换成|替换|上传|发送|访问|刷新|复制|设置)|我(?:先|在|用|把)?[^。，！？]{{0,16}}(?:点了|改|打开|输入|上传|发送|登录|申请|设置)|(?:复现|重现)(?:步骤|方法)
    手順|再現(?:方法|する)|(?:クリック|タップ|変更し|入力し|送信し|ログインし|作成し|アップロードし|書き換え|コピーし|押し|選択し|開[きい])[^。]{{0,40}}(?:すると|ました|ください|まま|て、|、)
    """,
)
ACTS = pattern(  # two of them in one sentence are a way to do it
    rf"""
    (?:
        ^\W*|[,;:]\s*(?:and |then |and then )?
        \b(?:and|then|to|by|just|you|one|from \w+ \w+)[ ]
    ){_STEP_VERB}(?:s|es|ing|ting|ning)?\b
    \b(?:se )?(?:
        connecter|ouvrir|ouvrez|envoyer|cliquer|aller|changer|remplacer|modifier|saisir|lancer
        rejouer|supprimer|ajouter|copier|coller|entrer|mettre|choisir|postes|r[ée]cup[èe]res
        ouvres|cliques|changes|regardes
    )\b
    \b(?:
        tr[äa]gt|tragen|bucht|buchen|[öo]ffnet|[öo]ffnen|klickt|klicken|sendet|senden|[äa]ndert
        [äa]ndern|gedr[üu]ckt|erh[öo]ht|eingeben|gibt|anmelden|hochladen|ersetzen|kopieren
    )\b
    \b(?:
        abrir|picarle|inspeccionar|cambiar|darle|enviar|entrar|copiar|pegar|subir|rodar|ver
        clicar|trocar|mudar|colar|aprire|cliccare|cambiare|inviare|inserire|caricare|copiare
        modificare
    )\b
    """,
)
COMMANDS = re.compile(
    rf"^\W*(?:(?:then|next|now|first|just|simply|please|step \d+\W?)[,:]?\s+)*{_STEP_VERB}\b|^\W*(?:to (?:see|reproduce|verify|trigger|test)|steps|pour (?:le |la )?reproduire)\b",
    re.IGNORECASE,
)
STOPPED = re.compile(  # what somebody did not do is no step
    r"\W*(?:(?:but|and|of course|to be clear),? )?(?:i|we) (?:did not|didn['’]t|have not|haven['’]t|never|stopped|have only|only)\b|\W*je n['’](?:ai|y ai)\b[^.]{0,30}\b(?:pas|rien|jamais)\b",
    re.IGNORECASE,
)
DID = pattern(  # what somebody did, in tenses of telephones and stories
    r"""
    \bje (?:
        suis all[ée]e?|colle|recharge|vais (?:dans|sur)|clique|mets|change|remplace|saisis|tape
        modifie|copie|lance|rejoue
    )\b
    \bj['’](?:envoie|ouvre|intercepte|enregistre)\b
    \bj['’]ai (?:tap[ée]|coll[ée]|recharg[ée]|all[ée]e?|d[ée]compil[ée]|r[ée]cup[ée]r[ée])\b
    \bon (?:saisit|valide|s[ée]lectionne|clique|ouvre|change|met|envoie|colle|remplace|ajoute)\b
    \ba [ée]t[ée] (?:pass[ée]e?|envoy[ée]e?|ouverte?|cr[ée]{2}e?|modifi[ée]e?|remplac[ée]e?|saisie?)\b
    \b(?:was|were) (?:\w+ly )?(?:
        installed|performed|sent|changed|removed|replaced|opened|created|entered|uploaded|altered
        intercepted|modified|captured|decoded|registered|submitted
    )\b
    \b(?:proxy|script|tool|colleague) (?:\w+ly )?(?:removed|replaced|sent|changed|dropped)\b
    \bhabe?\b[^.!?]{0,160}\b\w*ge\w{2,}(?:t|en)\b
    \b(?:abran?|filtren?|miren?|entren?|hagan?|cambien?|env[íi]en?|pulsen?)\b[^.!?]{0,80}\b(?:
        y|luego|despu[ée]s
    )\b
    """,
)
ON_SYSTEM = pattern(  # a step that stands alone, if it is done on something of the system
    r"""
    https?://|/\w+/\w|[?&]\w+=|["“«‘`][^"”»’`\n]{2,60}["”»’`]
    \b(?:burp|proxy|curl|console|devtools|repeater|intruder|incognito|private window)\b
    \b(?:button|parameter|request|response|header|cookie|form|field|menu|tab|page|endpoint)s?\b
    \b(?:bouton|param[èe]tre|requ[êe]te|r[ée]ponse|formulaire|champ|onglet|navigateur)s?\b
    \b(?:anfrage|antwort|formular|feld|browser|schaltfl[äa]che)\b
    \b(?:petici[óo]n|respuesta|bot[óo]n|richiesta|risposta|pulsante)\b
    \b(?:requisi[çc][ãa]o|resposta|bot[ãa]o)\b
    """,
)
