"""How people ask for our key, for the state of a report, or whether encryption works."""

from __future__ import annotations

import re

from inboxd.core.words import joined, pattern

_PGP = r"(?:pgp|gpg|openpgp|gnupg)"
_KEY_NOUN = (
    r"(?:keys?|fingerprint|cl[ée]s?|empreinte|schl[üu]ssel\w*|clave|llave|huella|chiave|chiavi|impronta|chave|sleutel\w*|vingerafdruk|nyckel\w*|n[øo]kkel\w*|n[øo]gle\w*|avain\w*|avaim\w*|klucz\w*|kl[íi][čc]\w*|kulcs\w*"
    r"|anahtar\w*|cheie|cheia|ключ\w*|отпечат\w*|公钥|密钥|公開鍵|鍵|키|공개키|κλειδ\w*|מפתח|مفتاح)"
)
KEY_WORDS = (
    rf"(?:{_PGP}[ -]?(?:public |open |açık |publi\w+ |öffentliche\w* )?{_KEY_NOUN}|{_KEY_NOUN}[ -]?(?:publi\w+ |p[úu]blica |pubblica |público )?(?:de |di |da |для )?{_PGP}"
    rf"|(?:public|encryption|[öo]ffentliche\w*|publieke|publika|offentlig\w*|julkinen|ve[řr]ejn\w+|genel) {_KEY_NOUN}|{_KEY_NOUN} (?:publi\w+|p[úu]blica|pubblica|de chiffrement|de cifrado|publicznego|publiczny)|s/mime[- ]?(?:certificat\w*|zertifikat\w*|keys?)|certificat\w* s/mime|(?:открыт\w+|публичн\w+) {_KEY_NOUN}|\b{_PGP}\b|公钥|公開鍵)"
)
NAMES_KEY = re.compile(rf"\b{_KEY_NOUN}", re.IGNORECASE)
_ASKS_FOR = joined(
    r"""
    (?:
        send|share|provide|give|need|get|have|obtain|request\w*|where|find|what|which|want
        looking for|publish|tell|confirm|point me|envoy\w+|fournir|transmettre|communiquer
        partager|donner|avoir|obtenir|besoin|o[ùu]|quelle|schicken|schickt|senden|sendet|brauche
        ben[öo]tige|wo|gibt es|habt|haben sie|h[äa]tte|enviar\w*|env[íi]\w*|mandar\w*|necesito
        podr[íi]a\w*|d[óo]nde|tienen|compartir|inviar\w*|mandare|dove|avete|posso|potete|vorrei
        onde|preciso|poderia\w*|podem|t[êe]m|ontvang\w*|stuur\w*|sturen|graag|waar|hebben
        skicka\w*|sende|kan|finns|hvor|har|l[äa]hett[äa]\w*|prosz[ęe]|prosi[ćc]|przes[łl]a\w*
        gdzie|po[šs]l\w*|kde|k[üu]ldje\w*|g[öo]nder\w*|nerede|trimit\w*|пришл\w*|отправ\w*|нужен
        где|дайте|请|發|发|送って|送付|いただけ|ください|教えて|보내|pouvez|could|can|please|merci|bitte|por favor
        per favore
    )
    """
)
KEY_REQUEST = pattern(
    rf"""
    (?:\b{_ASKS_FOR}\b|请|送)[^?!\n。]{{0,120}}{KEY_WORDS}
    \bfingerprint of (?:the|your)(?: \w+)? key\b
    {_PGP}(?: public)? key\b[^?!]{{0,300}}\b(?:send|get|have|share|publish)\b[^.?!]{{0,30}}\b(?:
        renewed|new|newer|current|updated|valid|fresh|working
    )\b
    \b(?:answer|reply|repond\w+|répond\w+) with yours\b
    {KEY_WORDS}[^.!?\n。]{{0,60}}(?:
        \b(?:
            please|pls|plz|request|available|on request|s'il vous pla[iî]t|svp|bitte|por favor
            per favore|prosz[ęe]|lütfen|пожалуйста|g[öo]nder\w*|zenden|sturen|schicken|senden
            zukommen|inviar\w*|mandar\w*|enviar\w*
        )\b
        发给|發給|送って|いただけ|ください|보내
    )
    """,
)
ASKS_FOR_KEY = re.compile(rf"\b{_ASKS_FOR}\b[^?!\n。]{{0,60}}\b{_KEY_NOUN}", re.IGNORECASE)
KEY_SUBJECT = re.compile(
    r"^\W*(?:re:\s*)?(?:request(?: for)?(?: your)?|need|your|send|votre|demande de|the)?\W*(?:pgp|gpg|openpgp)\W*(?:public)?\W*(?:key|cl[ée]|schl[üu]ssel)?\W*"
    r"(?:request|please|svp)?\W*$|^\W*(?:public key|encryption key|cl[ée] (?:pgp|publique))\W*(?:request|please)?\W*$",
    re.IGNORECASE,
)
STATUS = pattern(
    r"""
    \b(?:
        any (?:update|news|progress)|status (?:of|on|update|request)
        what(?:'s| is) the (?:status|state)
        follow(?:ing)? up on my (?:report|mail)
        haven['’]?t heard|have not heard|never heard (?:back|anything)
        where (?:you|things|we) (?:stand|are) (?:on|with)
        did (?:anybody|anyone|somebody|someone) (?:ever |even )?(?:look|read|see|check)
        no (?:answer|reply|response) (?:yet|so far)
        o[ùu] en est|o[ùu] en [êe]tes|des nouvelles|[ée]tat d'avancement|any(?:thing)? new
        still waiting|what(?:['’]s| is) going on with
        (?:second|third|fourth) (?:time|mail|e-?mail|message)\b[^.?!\n]{0,40}\b(?:i write|about my|regarding my)
        checking in|gentle reminder|just (?:a )?reminder|is (?:it|this) fixed
        has (?:it|this) been fixed|when will (?:it|this) be fixed
        did (?:you|my (?:report|mail|email)) (?:get|receive|arrive|reach)\w*(?: (?:my|to) (?:report|mail|email|you))?
        (?:re[çc]u|bien re[çc]u) mon (?:rapport|mail|message|signalement)
        stand der dinge|stand meiner (?:meldung|mail)|(?:schon|bereits) einen stand
        wie ist der (?:aktuelle )?stand|etwas neues
        gibt es (?:schon )?(?:neuigkeiten|neues)
        haben sie meine? (?:meldung|mail|nachricht)
        alguna novedad|hay novedades|seguimiento (?:de|a) mi
        (?:ya )?(?:han|ha|hab[ée]is) podido (?:revisar|mirar|ver)\w*
        est[áa] (?:ya )?(?:corregido|resuelto|solucionado)
        en qu[ée] estado|han recibido mi
        novit[àa] (?:su|sul|sulla|riguardo)
        a che punto|avete ricevuto (?:la mia|il mio)|alguma novidade|novidades sobre
        receberam (?:o meu|meu|a minha)|enig nieuws|stand van zaken|hebben jullie mijn
        какой статус|есть ли новости|получили ли вы|有进展|进展如何|处理进度|处理得怎么样|什么时候(?:能)?修复|進捗|状況(?:は|を)
    )(?!\w)
    \b(?:second|third|fourth|\d(?:nd|rd|th)) time asking\b|\bdid (?:a human|anyone|anybody|someone) (?:look|read|see)\b|\brequest for status\b|\bwhether [^.\n]{0,40}(?:been triaged|able to decrypt)\b
    \bschon einen (?:neuen )?stand\b|\bist da (?:schon )?(?:et)?was passiert\b|\b(?:toujours|encore) rien de votre c[ôo]t[ée]\b|\b(?:nessuna|ci sono) novit[àa]\b|\bjakie[śs] post[ęe]py\b|هل من جديد
    \b(?:est )?clos ou pas\b|\bavez-vous pu (?:avancer|regarder|reproduire|traiter)\b|\brevenir vers vous concernant (?:le|mon) signalement\b|^\W*relance\b|\bpetit point sur mon signalement\b|\blo hab[ée]is podido\b
    """,
)
REMINDS = re.compile(  # it tells of a flaw that was told before
    r"\b(?:second|third|fourth|2nd|3rd|4th|\d+(?:th)?) (?:time|mail|e-?mail|message|reminder)\b|\bi (?:reported|sent|submitted|wrote)\b[^.!?]{0,60}\b(?:ago|on \d|in (?:january|february|march|april|may|june|july|august|september|october|november|december)|last (?:week|month|year))\b"
    r"|\bj['’]ai (?:signal[ée]|envoy[ée])\b[^.!?]{0,60}\b(?:il y a|le \d)|\b(?:vor \w+ (?:tagen|wochen|monaten)|im \w+)\b[^.!?]{0,80}\bgemeldet\b",
    re.IGNORECASE,
)
QUESTION = re.compile(
    r"\?(?=[\s\"')\]\u3040-\u9fff]|$)|？|吗|(?:です|ます)か|\b(?:i (?:would like|want) to know|could you (?:tell|clarify|confirm)|question|(?:wish(?:es)?|would like|i['’]d like) to (?:know|ask)|please let (?:us|me) have|i(?:['’]d| would) like to (?:ask|understand)|je voudrais savoir|est-ce que|pouvez-vous)\b",
    re.IGNORECASE,
)
PGP_TEST = re.compile(
    r"\btestnachricht\b[^\n]{0,40}\bpgp\b|\bverschl[üu]sselungstest\b|\b(?:encryption|signature|pgp) (?:test|rehearsal)\b|\bcheck(?:ing)? that (?:the signature|pgp|the encryption)\b|\b(?:test(?:ing)?|trying|check(?:ing)?|essai|v[ée]rifi\w+)\b[^.\n]{0,60}\b(?:pgp|gpg|encrypt\w*|chiffr\w*)\b"
    r"|\b(?:pgp|gpg|encrypt\w*|chiffrement)\b[^.\n]{0,30}\b(?:test|rehearsal|essai)\b|\b(?:can|could) you (?:read|decrypt|open) this\b|\b(?:test|try)\b[^.\n]{0,40}\bdecrypt\b|pouvez-vous (?:lire|d[ée]chiffrer) (?:ce|cela)|k[öo]nn(?:t ihr|en sie) das (?:lesen|entschl[üu]sseln)",
    re.IGNORECASE,
)
ONLY_A_TEST = re.compile(
    r"\b(?:only|just|merely) a test\b|\bthis is a test\b|\b(?:simple|petit) (?:essai|test)\b|\bnur ein test\b|\bs[óo]lo una prueba\b|\bsolo un test\b|\bapenas um teste\b|\bonly a signed test\b|\bverschl[üu]sselungstest\b|\bn['’]est qu['’]un test\b",
    re.IGNORECASE,
)
CAN_YOU_READ = re.compile(
    r"\b(?:can|could|do) you (?:read|decrypt|open) (?:this|it|me)\b", re.IGNORECASE
)
ASKS = re.compile(rf"\b{_ASKS_FOR}\b", re.IGNORECASE)
SECRECY = pattern(  # what a request for a key speaks of
    r"""
    \b(?:pgp|gpg|openpgp|gnupg|wkd|autocrypt|s/mime|keyserver|fingerprint|age key)\b
    \b(?:un)?encrypt\w*|\bchiffr\w+|\bverschl[üu]ssel\w*|\bcifra\w*|\bcriptogra\w*|\bversleutel\w*
    \bkrypter\w*|\bszyfr\w*|\b[šs]ifr\w*|шифр\w*|加密|暗号|암호
    """,
)
