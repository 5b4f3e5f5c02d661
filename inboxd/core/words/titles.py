"""Headings of reports in words of their own: whole titles, without accents and punctuation.

Here those about people and about everything else; `topics` has those about the flaw itself.

What the tables of single words in `headings` cannot hold, because it takes several words to mean
a field: "what is at stake", "name to be published", "produits touches". Fields in the order in
which they are tried.
"""

from __future__ import annotations

import re

from inboxd.core.words import by_language

_FOUND = r"(?:found|discovered|reported|submitted|detected|identified|uncovered|spotted|noticed|written|sent|raised|filed|disclosed|researched|credited|provided|brought to you)"
_FLAW = r"(?:the |this |that )?(?:bug|flaw|issue|vulnerability|vuln|problem|finding|report|it|this|that|hole|weakness)"
_NAMES = (
    r"(?:name|credit|cite|mention|thank|acknowledge|list|publish|print|show|use|address|attribute)"
)
_NAMED = r"(?:named|credited|cited|mentioned|thanked|acknowledged|listed|published|printed|shown|recognised|recognized|attributed)"
_ANSWER = (
    r"(?:answers?|repl(?:y|ies)|responses?|respond|queries|questions?|follow-?ups?|correspondence)"
)

TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "credit",
        by_language(
            flags=0,
            en=rf"""
                (?:the )?(?:full |real )?name (?:to|that (?:may|can|should)) (?:be )?(?:{_NAMES}|{_NAMED})\b.{{0,30}}
                (?:how|where|whom|who) (?:to|should you|should we|can you|could you|you (?:can|may|could|should)) (?:best )?{_NAMES} (?:me|us|you)\b.{{0,30}}
                how (?:i|we)(?:'d| would)? (?:want|like|wish|prefer) to be {_NAMED}\b.{{0,30}}
                how (?:i|we)(?:'d| would)? (?:want|like|wish|prefer) (?:my|our) (?:name|credit)\b.{{0,30}}
                (?:should|can|may|could|shall|must|will) (?:we |you |i )?(?:(?:publicly )?{_NAMES} )?(?:your|my|our) name(?: be {_NAMED})?\b.{{0,30}}
                (?:should|can|may|could|shall|will) (?:i|we) be {_NAMED}\b.{{0,30}}
                (?:can|may|could|should|will) you {_NAMES} (?:me|us)\b.{{0,30}}
                (?:permission|consent|ok|okay|agreement|approval) (?:to|for) (?:{_NAMES}|be {_NAMED}|naming|crediting|publication|publishing)\b.{{0,30}}
                (?:please )?(?:{_NAMES}) (?:me|us)(?: as)?
                (?:please )?(?:thank|acknowledge|credit)(?: to)?
                naming (?:me|us|in .{{3,20}})
                (?:do (?:you|i) want|would you like|do you wish|want|wish(?:es)?) to (?:remain|stay|be) (?:anonymous|{_NAMED})\b.{{0,30}}
                anonymous or (?:named|not|credited)|named or anonymous|anonymity(?: .{{0,20}})?|anonimiteit|anonimato|anonimat|anonymit[äa]t
                (?:my |our )?(?:line|entry|place|spot) (?:for|in|on) (?:the |your )?(?:hall of fame|wall of fame|acknowledge?ments|thanks page)
                (?:hall|wall) of (?:fame|thanks)(?: .{{0,30}})?
                (?:the )?name to (?:appear|stand|figure|be used)\b.{{0,30}}|do you want (?:your|my) name\b.{{0,30}}
                .{{0,40}}\b(?:want|like|wish) (?:the |any |a )?(?:public )?credits?\b.{{0,20}}
                name for (?:the |your )?(?:thanks|hall|wall|credits?|acknowledg|advisory|page)\b.{{0,30}}
                (?:thanks|honou?r|kudos|acknowledge?ments?) (?:list|roll|board)|roll of honou?r|hof|kudos|ack|publicity|(?:show|print|use) (?:my|your) name\b.{{0,20}}|(?:reporter |finder )?visibility(?: of (?:the )?(?:reporter|finder))?|(?:your |my )?name in (?:the |our |your )?(?:advisory|bulletin|release notes)
                credits? (?:and|or) (?:anonymity|publication)|credit line|thanks line|whom? to (?:thank|credit|name)|attribuzione|atribuci[oó]n|atribui[cç][aã]o
            """,
            fr=r"""
                (?:puis-je|peut-on|on peut|pouvez-vous|pourrais-je) (?:me |etre )?(?:citer?|cites?|nommer?|creditee?s?|mentionnee?s?|mentionner|crediter|citee?)\b.{0,20}
                (?:le )?nom a (?:citer|crediter|publier|afficher|mentionner|indiquer|faire figurer)\b.{0,20}
                (?:comment|sous quel nom) (?:me|nous|vous) (?:citer|crediter|nommer|mentionner|remercier)\b.{0,20}
                comment (?:souhaitez|voulez|desirez)[- ]vous etre (?:credite|cite|nomme|mentionne)\w*\b.{0,20}
                (?:souhait|voeu|desir) d'etre \w+\b.{0,20}|(?:souhaitez|voulez|preferez|desirez)-?[ -]?vous (?:rester|demeurer|garder) (?:l')?anonym\w*\b.{0,20}|(?:pouvons|peut|puis|pourrions)-?[ -]?(?:nous|on|je) (?:publier|citer|mentionner|afficher|utiliser) (?:votre|ton) nom\b.{0,20}
                etre (?:nomme|cite|credite|mentionne)\w* ou .{3,30}
                (?:.{3,20} au )?tableau d'honneur|qui remercier|palmares|mur (?:d'honneur|des remerciements)|autorisation de publier .{3,20}|nom public ou .{3,20}|(?:souhait|voeu) de (?:reconnaissance|citation|mention)\b.{0,20}
                (?:anonyme|anonymat) ou .{3,20}|publier mon nom\b.{0,20}|(?:mon )?anonymat
                (?:dans|pour|sur) (?:vos|les|la page de|le) remerciements?
            """,
            de=r"""
                (?:darf|soll|kann) (?:mein|unser|ich mit) name\w* (?:genannt|erwahnt|veroffentlicht)\b.{0,20}
                wie (?:soll|mochte|darf) ich genannt\b.{0,20}|(?:name|namen) (?:zum|zur|fur die) (?:nennen|nennung|veroffentlich\w+|danksagung)
                ehrentafel|bestenliste|dankes(?:liste|seite|wand)|nennung (?:meines|des) namens|dank an|anonym oder .{3,20}
            """,
            es=r"""
                (?:pueden|puedes|podeis|podrian) (?:mencionarme|citarme|nombrarme|acreditarme)\b.{0,20}
                (?:quiere|desea)s? (?:que (?:se|le)|ser|aparecer)\b.{0,30}|nombre para (?:los |el )?(?:creditos|agradecimientos|aviso|boletin)|salon de (?:la )?fama|muro de .{3,20}|como acreditar\w{0,3}
            """,
            it=r"""
                (?:posso|possiamo) (?:essere )?(?:citat|menzionat|nominat|ringraziat)\w*\b.{0,20}
                (?:vuole|vuoi|desidera|gradisce) (?:essere )?(?:citat|menzionat|nominat|ringraziat)\w*\b.{0,30}
                come (?:citarmi|menzionarmi|nominarmi|ringraziarmi)|nome da (?:citare|pubblicare)|citazione (?:pubblica|nell'avviso|nel bollettino)|come citar\w{1,3}
            """,
            pt=r"""
                podem? (?:citar|mencionar|publicar|usar) (?:o )?(?:meu nome|me)\b.{0,20}
                (?:gostaria de|deseja|quer) (?:receber|ter) (?:o )?credito\b.{0,20}
                (?:deseja|quer) ser (?:mencionad|citad|creditad)\w*\b.{0,20}|nome para (?:os |a )?(?:creditos|agradecimentos|publicacao)|deseja (?:aparecer|constar) .{5,40}|como creditar\w{0,3}
            """,
            nl=r"""
                eregalerij|bedankpagina|naamsvermelding|dankbetuiging|eervolle vermelding|mag mijn naam (?:genoemd|vermeld|gepubliceerd)\b.{0,20}
                (?:wilt|wil|mogen|mag) (?:u|je|jij|we|ik) (?:.{0,12} )?(?:genoemd|vermeld)\b.{0,20}
                (?:hoe|als wie) (?:mag|moet|wil) (?:ik|je|u) (?:genoemd|vermeld)\b.{0,20}
            """,
            ru=r"""
                (?:можно|разреш\w+|могу) (?:ли )?(?:указать|упомянуть|назвать|быть упомянут\w*)\b.{0,30}
                (?:хотите|хочешь|желаете) (?:ли )?(?:вы )?быть (?:упомян|назван|указан)\w*\b.{0,20}
                зал славы|как вас указать|указание имени|(?:под каким именем|как) (?:меня )?(?:упомянуть|указать|назвать)\b.{0,20}
            """,
            east=r"""
                殿堂入り|名人堂|.{0,6}(?:謝辞|クレジット|氏名|名前).{0,8}(?:希望|掲載|公開).{0,8}
                .{0,6}(?:写|公开|提及|署上?)我?的?(?:名字|姓名|名).{0,4}|.{0,4}名前.{0,3}(?:載せ|掲載|公開).{0,10}
            """,
            others=r"""
                (?:czy )?(?:moge|mozna) (?:zostac |mnie )?(?:wymieni|podzieko)\w*\b.{0,20}|adım anılsın.{0,6}
                (?:far ni|kan ni|vill du) (?:namna|bli namnd)\b.{0,20}
            """,
        ),
    ),
    (
        "contact",
        by_language(
            flags=0,
            en=rf"""
                (?:please |kindly )?(?:send |direct |address )?(?:your |any |all )?{_ANSWER} (?:to|go to|at|via)(?: me)?
                where to (?:send|write|mail|direct) .{{0,40}}|where (?:should|can|do) (?:we|you|i) (?:send|write|answer|reply)\b.{{0,40}}
                (?:for|in case of|with|if you have)(?: any| further| more| other)? (?:follow-?up )?(?:questions?|queries|clarifications?|details)(?: (?:to|contact|write to))?
                (?:any )?questions? (?:write to|contact|ask|mail|to)\b.{{0,20}}
                how (?:can|could|may|should|do) (?:i|we|you|they|one) (?:be )?(?:contact|reach|call|get hold of|get back to|answer|write (?:back )?to|talk to)\w*(?: (?:me|us|you))?
                how to (?:contact|reach|call|get hold of|get back to|answer|write (?:back )?to|write back|talk to|find|phone|ring)(?: (?:me|us))?
                (?:you can |please )?(?:reach|call|contact|write to|phone|ring|ping|text|dm|mail) (?:me|us)(?: (?:at|on|via|by|under))?
                (?:my |our )?(?:telephone|phone|mobile|cell|cellphone|whatsapp|telegram|signal|matrix|threema|discord|skype|wire|session|jabber|xmpp|keybase)(?: (?:number|no|id|handle|user(?:name)?|contact|account|tag))?
                (?:my |our |preferred )*(?:communication |contact )channels?|getting in touch|(?:return|reply|answer|reply-to) address(?:es)?
                address for (?:your )?{_ANSWER}|my details for {_ANSWER}|(?:my )(?:contact )?(?:details|data|coordinates)|who to (?:contact|answer|call|ask|speak to|talk to|turn to)\b.{{0,20}}|whom to (?:contact|answer|call|ask)\b.{{0,20}}
                (?:direct )?line|hotline|office|desk
                watchers(?: .{{0,20}})?|who .{{2,20}} and how (?:do|can|could|to) .{{3,40}}
            """,
            fr=r"""
                (?:numero de )?(?:telephone|portable|mobile)(?: .{0,12})?|qui (?:prevenir|contacter|appeler|joindre)\b.{0,20}
                pour (?:me|nous) (?:repondre|joindre|contacter|ecrire)
                a qui (?:repondre|ecrire|s'adresser)\b.{0,20}|(?:me |nous )?repondre a|ou (?:m'ecrire|me repondre|me joindre|nous joindre|repondre)\b.{0,20}
                joignable(?: a| au| par)?|(?:pour|en cas de) (?:toute |des )?(?:questions?|precisions?)\b.{0,20}
                (?:on|vous) (?:vous |me )?repond(?:ez)? .{0,20}|comment me repondre|qui .{3,20} comment me repondre|adresse (?:electronique|de reponse|mail|e-mail|de contact)
                (?:une )?questions?
            """,
            de=r"""
                so erreichen sie mich|so erreicht ihr mich|ruckfragen(?: an)?|bei (?:ruck)?fragen\b.{0,20}|(?:meine )?(?:telefon|handy|mobil)(?:nummer)?|antwort(?:en)? bitte an|antwort an|fragen an|ansprechbar
            """,
            es=r"""
                correo(?: electronico)?|(?:como|donde) (?:contactarme|localizarme|escribirme|responderme)\b.{0,10}|para (?:cualquier )?(?:duda|pregunta)s?|(?:mi )?telefono|movil
            """,
            it=r"""
                (?:come|dove) (?:contattarmi|rispondermi|scrivermi|trovarmi)|per (?:ulteriori )?(?:domande|informazioni|chiarimenti)|telefono|cellulare|posta elettronica
            """,
            pt=r"""
                como (?:falar comigo|me contatar|me contactar|entrar em contato)(?: comigo)?|fale comigo|para (?:qualquer )?(?:duvida|pergunta)s?|telefone|celular|whatsapp
            """,
            nl=r"""
                (?:hoe|waar) (?:ben ik|bereik\w*|kan|kun|kunt) .{0,20}(?:bereik\w*|vinden)|contactgegevens|(?:hoe )?(?:kunt u|kun je|kunnen jullie) (?:mij|me) bereiken|bereikbaar(?: via| op)?|e-?mailadres|(?:mijn )?telefoon(?:nummer)?|bij vragen|vragen aan
            """,
            ru=r"""
                как (?:со мнои|с нами) связаться|электронная почта|(?:мои )?телефон|почта
            """,
            east=r"""
                电子邮箱|邮箱|邮件地址|お?問い?合わせ先?|メールアドレス|返信先|メール|电话|手机|이메일|연락처
            """,
            others=r"""
                jak (?:sie )?(?:ze mna )?(?:sie )?skontaktowac|iletisim|bana nasıl ulas\w+.{0,4}|kontaktuppgifter|sa nar ni mig|telefon
            """,
        ),
    ),
    (
        "reporter",
        by_language(
            flags=0,
            en=rf"""
                (?:{_FLAW} )?(?:was )?(?:initially |first |originally |independently )?(?:{_FOUND}|report)(?: (?:and|/|&) {_FOUND})? by
                who (?:found|discovered|reports?|reported|wrote|is reporting|is writing|submits?|submitted|sent)\b.{{0,25}}
                who (?:i am|am i|are you|we are|are we)(?: .{{0,20}})?|(?:about )?(?:the )?(?:reporting|submitting) (?:party|person|organi[sz]ation|company)
                (?:name of (?:the )?)?(?:submitter|finders?|discoverers?|reporters?|sender|hunter|hacker|tester|pentester|analyst|originator|informant|bug hunter|bug bounty hunter|penetration tester|notifier|whistleblower)(?:'?s)?(?: name)?
                identity(?: of .{{3,20}})?
            """,
            fr=r"""
                (?:decouvert|signale|rapporte|trouve|identifie|remonte|constate|transmis|redige)e?(?:s)? par|(?:decouvreu\w+|declarant\w*|signalant\w*|rapporteu\w+|auteur\w*|inventeu\w+|redacteur)(?: .{0,20})?
                (?:nom|identite) (?:du|de la|de l') ?(?:declarant|rapporteur|decouvreur|auteur|chercheur)\w*|(?:decouverte|signalement) par|qui (?:etes-vous|suis-je|sommes-nous|je suis|a (?:trouve|decouvert))\b.{0,20}
            """,
            de=r"""
                (?:gefunden|gemeldet|entdeckt|berichtet|eingereicht|ermittelt) (?:von|durch)|entdecker(?:in)?|meldende (?:person|stelle|firma)|finder(?:in)?|melder(?:in)?|wer (?:bin ich|hat es gefunden|hat .{3,20})
            """,
            es=r"""
                (?:encontrad|descubiert|reportad|notificad|hallad)o por|quien (?:lo )?(?:encontro|descubrio|reporta|soy)\b.{0,15}
            """,
            it=r"""
                (?:trovat|scopert|segnalat|riportat)[oa] da|chi (?:l'ha |ha )?(?:trovata|trovato|scoperta|scoperto|sono)\b.{0,15}|segnalante|scopritore
            """,
            pt=r"""
                (?:encontrad|descobert|reportad|relatad)[oa] por|quem (?:encontrou|descobriu|sou)\b.{0,15}
            """,
            nl=r"""
                (?:gevonden|ontdekt|gemeld) door|wie (?:heeft|ben ik)\b.{0,20}|melder|vinder
            """,
            ru=r"""
                (?:обнаружил|нашел|сообщил)а?|кто (?:нашел|обнаружил|сообщает)\b.{0,10}|(?:уязвимость )?(?:обнаружена|наидена)
            """,
            east=r"""
                提交者|发现人|上报人|报告者|谁发现的|誰が見つけたか|届出者|発見者|報告者
            """,
            others=r"""
                znalezion\w+ przez|zgłaszajacy|zglaszajacy|bulan kisi|bildiren|upptackt av|rapporterat av|hittat av
            """,
        ),
    ),
    (
        "other",
        by_language(
            flags=0,
            en=r"""
                is (?:this|the|it) (?:vulnerability|issue|bug|flaw|public|known).{0,60}
                (?:remediation|mitigation|fix(?:ing)?|repair|hardening|prevention) (?:steps?|advice|ideas?|guidance|details?|proposals?|suggestions?|plan)
                (?:date|day|time) (?:of )?(?:the )?(?:discovery|report|finding|submission)|(?:discovery|submission|report|publication) (?:date|time|plans?)
                vendor (?:response|reply|status|contact|notification|timeline|statement)s?|(?:owasp|cwe|capec|mitre|wasc)\b.{0,30}
                (?:payment|payout|bounty|reward|paypal) (?:details|info\w*|address|wish\w*|expectations?)|scope of (?:the )?tests?
                (?:actions|work) taken(?: so far)?|what i did not (?:do|touch)|what i (?:want|expect|ask|hope)\b.{0,20}|(?:my )?(?:wish|wishes|request to you)
            """,
            fr=r"""
                (?:environnement|conditions?|materiel|outils?) (?:de test|d'exploitation|utilise\w*)|trouve quand|delai de publication|date (?:de|du) .{3,25}|ce que je (?:veux|demande|souhaite)\b.{0,20}
            """,
            de=r"""
                zeitlicher ablauf|wann (?:entdeckt|gefunden|gemeldet)|datum (?:der|des) .{3,20}|testumgebung|behebung\w*
            """,
            south=r"""
                (?:entorno|ambiente|equipo) (?:de|di) (?:pruebas?|tests?|testes?|prova)|fecha de .{3,20}|data (?:di|da|de|do) .{3,20}
            """,
        ),
    ),
)
