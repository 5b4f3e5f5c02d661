"""How advertising, fraud and extortion speak."""

from __future__ import annotations

import re

from inboxd.core.words import pattern

PITCH = pattern(
    r"""
    \b(?:
        affecting your (?:\w+ )?rankings?|(?:free|full) (?:\w+ )?audit report|free of cost
        may i send (?:you )?(?:the |a |some )?(?:screenshots?|price|quot\w+|proposal)
        our (?:
            company|team|agency|services?|solution|platform|experts
        ) (?:offers?|provides?|can help|helps)
        we (?:offer|provide|specialize|deliver)
        book a (?:call|demo|meeting)|schedule a (?:call|demo|meeting)
        free (?:trial|demo|quote|consultation|audit)
        special offer|limited time|pricing|seo|backlinks?|guest post|lead generation
        grow your (?:business|revenue)|increase your (?:traffic|sales)|discount|nos services
        notre agence
        \d{1,3} ?% (?:off|discount|guaranteed|rabatt|de r[ée]duction)
        100 ?% guarantee\w*|only this week|limited (?:offer|spots|seats)|new customers
        our consultants?|get (?:iso|soc|pci|certified)\b|iso[ -]?27001 certif\w*
        first page (?:of|on) google|rank(?:ing)?s? (?:on|in) google|buy now|order now|act now
        unsubscribe here|click to unsubscribe|to (?:unsubscribe|opt[ -]out)|web ?design
        mobile app development|outsourc\w+|dedicated developers|hire (?:our|dedicated)
        email list|verified leads|decision makers|roi\b
        attendees?(?:['’]s?)? (?:list|contacts?)
        visitors? list|contacts? list|page one|organic (?:traffic|search)|first page
        \b(?:rank|ranking)s?\b
        interested in (?:acquiring|purchasing|buying)
        let me know your (?:thoughts|interest)
        are you interested|floating this|top of your inbox
        (?:see|get|read) my (?:last|previous|earlier) (?:note|mail|e-?mail|message)
        happy to send (?:some )?times|would you be (?:open|interested)|no prescription
        sin receta|env[íi]o (?:gratis|discreto)|oferta|discreet|prendre rendez-vous
        devis gratuit|on behalf of our clients|partnership opportunity|15[- ]minute call
        quick call
    )\b
    \b(?:close your file|all set with|haven['’]t heard back|still interested|quick (?:chat|question about)|free (?:quote|scan)|devis|d[èe]s \d+ ?€|audit pr[ée]alable|our offers?|nos offres|pay (?:only )?per|bulk (?:offer|price)s?|price list|payday|pr[êe]t (?:entre|personnel|rapide)|cr[ée]dit (?:entre particuliers|rapide)|airdrop|wallet connect|0-?day for sale|exploit for sale)\b
    """,
)
PHISH = pattern(
    r"""
    \b(?:
        your (?:mailbox|account|password|e-?mail|storage)(?: \w+){0,3} (?:is|has been|will be|expires?|was) (?:\w+ )?(?:
            full|suspended|expir\w+|locked|disabled|limited|closed|deactivated
        )
        verify your (?:account|identity|mailbox|password)
        confirm your (?:password|account|identity)
        click (?:here|below|the link) to (?:verify|restore|confirm|avoid|keep|update|release)
        i (?:have )?(?:hacked|infected|recorded) (?:you|your|a video)
        through (?:the|your) (?:camera|webcam)
        \b(?:btc|bitcoins?)\b[^.]{0,120}\b(?:wallet|address|within)
        wallet bc1
        send (?:the )?(?:video|recording) to (?:all )?your contacts
        (?:votre|un) colis[^.]{0,60}(?:attente|frais|livr|suspendu)
        frais de (?:livraison|douane)
        your (?:parcel|package|delivery)[^.]{0,60}(?:fee|pending|suspended|held)
        gift cards?|are you (?:available|at your desk)|next of kin|beneficiary
        million (?:dollars|usd|euros)
        (?:docusign|sharepoint|onedrive) (?:document|file)[^.]{0,30}(?:review|sign)
        (?:mailbox|e-?mail|storage|account)(?: \w+){0,4} (?:quota|storage|limit)[^.]{0,60}(?:exceed|full|reached)
        (?:upgrade|validate|re-?activate|update|verify) your (?:mailbox|account|e-?mail)
        keep (?:using )?(?:your )?(?:same|current) password
        late (?:husband|client|father)|deceased|fund transfer|inheritance
        guaranteed (?:profits?|returns?)
        crypto (?:invest|trading|wallet)\w*
        viagra|cialis|pharmacy|farmacia|pastillas|casino
        rechnung[^.]{0,60}(?:[üu]berf[äa]llig|offen|anhang|beigef[üu]gt)
        mahnung|inkasso
        konto[^.]{0,30}(?:gesperrt|eingeschr[äa]nkt)
        su cuenta[^.]{0,30}(?:suspendida|bloqueada)
        il (?:suo|tuo) (?:account|conto)[^.]{0,30}(?:sospeso|bloccato)
        unusual (?:sign-?in|activity)|invoice (?:is )?attached|you have won|lottery
        wire transfer|inheritance|bitcoin wallet
        votre compte (?:a été|sera|est) (?:suspendu|bloqué|limité)
    )\b
    \b(?:votre|ihr|su|il suo) (?:carte|compte|konto|cuenta|conto)\b[^.\n]{0,60}(?:suspend|bloqu|d[ée]sactiv|gesperrt|sospes|bloccat)\w*
    \b(?:subscription|abonnement|antivirus|protection)\b[^.\n]{0,60}\b(?:renewed|will be charged|expir\w+|renouvel\w+)\b[^\0]{0,200}\b(?:call|refund|appelez|cancel)\b
    \b(?:domain|nom de domaine)\b[^.\n]{0,80}\b(?:china|asia|registr\w+ (?:the )?(?:same|keyword)|expir\w+ (?:today|soon|notice))\b
    \bshared (?:a|an|the) (?:secure |confidential |encrypted )?(?:document|file|invoice)\b[^\0]{0,200}\b(?:sign in|log ?in|password|credentials)\b
    """,
)
EXTORTION = re.compile(
    r"\b(?:hacked|breached|stole|extracted|infected)\b[^\0]{0,800}\b(?:bitcoins?|btc|monero|crypto)\b|\b(?:btc|bitcoins?|monero|xmr|bc1\w{20,})\b[^\0]{0,400}\b(?:days|hours|negotiable|reputation|deadline|leak(?:ed)?|sold)\b|\b(?:hacked|breached|encrypted|stole|extracted)\b[^\0]{0,600}\b(?:\d[\d.,]* ?(?:btc|bitcoins?|xmr)|bc1\w{20,})",
    re.IGNORECASE,
)
