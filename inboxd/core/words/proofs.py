"""How a proof is announced, and how payloads and commands look."""

from __future__ import annotations

import re

from inboxd.core.words import pattern

SURE_PROOF = re.compile(
    r"\b(?:recorded|filmed|made) (?:a |the |an |it )?(?:short |small )?(?:videos?|film|screencast|clip|gif)\b|\b(?:screen ?shots?|videos?|recording|screencast)\b[^.!?]{0,30}\b(?:attach\w+|enclosed|joint\w*)\b|\battach\w*\b[^.!?]{0,30}\b(?:screen ?shots?|videos?|recording|script|[\w-]+\.(?:png|mp4|py|txt|jpe?g|webm|html))\b",
    re.IGNORECASE,
)
OFFERED = pattern(  # what somebody kept, or has put where we can see it
    r"""
    \b(?:i|we)(?:['’]ve| have)? (?:kept|keep|saved|took|printed|uploaded|put|placed|recorded|filmed)\b[^.!?]{0,50}\b(?:
        photos?|pictures?|recordings?|screencasts?|videos?|har|logs?|cop(?:y|ies)|exports?
        captures?|pcaps?|dumps?|transcripts?|evidence|traces?|outputs?|headers
    )\b
    \b(?:my|our|the|a|two) (?:\w+ ){0,3}?(?:
        scripts?|logs?|recordings?|screencasts?|exports?|captures?|raw (?:mail|data)|cop(?:y|ies)
        notes|har files?|headers|log lines|whole answer
    )\b[^.!?]{0,60}?\b(?:
        (?:is|are) (?:at|here|on my|under|public|kept|these|appended|below|available)
        (?:can|may|will) be (?:seen|fetched|found|furnished|sent|had|downloaded)
        ha(?:s|ve) been kept
    )\b
    \bas (?:a |an )?(?:proof|evidence)\b|\b(?:i|we) recorded (?:my|the|our|a)\b
    \bhere(?:['’]s| is| are) (?:the|my|our|a) [^.!?]{0,30}\b(?:export|capture|log|recording|trace)
    \byou(?:['’]ll| will| can) find (?:the|my|our|a) [^.!?:]{3,50}(?: at| under| here)?:? https?:
    \bj['’]ai (?:gard|conserv|imprim|enregistr|film|photographi|sauvegard)[ée]\b
    \b(?:(?:la|le|les) tiens|sont) [àa] votre disposition\b
    \b(?:captures?|vid[ée]os?|copies?|traces?|journaux|fichiers?|en-t[êe]tes|scripts?)\b[^.!?]{0,60}\b(?:
        disponibles?|d[ée]pos[ée]e?s?|conserv[ée]e?s?|t[ée]l[ée]chargeables?|consultables?
    )\b
    """,
)
PROOF = pattern(
    r"""
    \b(?:sent|send|sending)\b[^.!?]{0,30}\b(?:in|as) (?:an? )?(?:zip|attachment|file)\b
    \b(?:i|we) (?:attach|enclose|append)\b
    \b(?:captures?|copies?|vid[ée]os?|fichiers?|photos?)\b[^.!?]{0,40}\bjointe?s?\b
    \badjunto\b|\bproofs? of concept\b|\bpocs?\b|\bpayloads?\b
    \b(?:attached|enclosed|attachment)\b
    \bscreen ?shots?\b
    \b(?:vid[ée]os?|record(?:ing|ed it)|gif|screencast)\b
    loom\.com/|youtu\.?be|vimeo\.com/|streamable\.com/|\bcurl -|\bpreuves? de concept\b
    \bci-joint\w*|\ben pi[èe]ce jointe\b|\bcaptures? d['’][ée]cran\b
    \bvoici (?:la requ[êe]te|le code|l['’]url|un exemple)
    \b(?:here is|this is) (?:the|my|an?) (?:
        request|response|code|script|output|example|payload|proof
    )
    \b(?:request|response|output|example|evidence)\b[^.]{0,30}:\s*$
    \bthe request (?:was|is|looks like)\b
    \bfor example\b|\b(?:im|als) anhang\b|\bbildschirmfoto|\bbeispiel\b|\badjunt\w+
    \bin allegato\b|\bem anexo\b|\bcaptura de (?:pantalla|tela)|\bаттач|\bприкреп|\bво вложении
    <script|<svg|<img|alert\(|['\"]\s*(?:or|and)\s+['\"\d]|\.\./\.\./|\{\{7\*7\}\}|\$\{jndi
    sleep\(|union select|/etc/passwd|%3cscript|onerror=|javascript:|=HYPERLINK\(
    """,
)
PAYLOAD = pattern(
    r"""
    <(?:script|svg|img|iframe|!DOCTYPE|!ENTITY)\b
    alert\(|['\"]\s*(?:or|and)\s+['\"\d]|\.\./\.\./|\{\{7\*7\}\}|\$\{jndi|sleep\(|\(select\b
    union\s+select|\{\{[^{}\n]{3,120}\}\}|\beyJ[\w-]{8,}
    ^(?:GET|POST|PUT|DELETE|PATCH) /\S+
    (?-i:^[A-Z][A-Z_]{3,30}=\S{6,})|\b\w{1,40}:\s?\{\w{1,40}:\s?[\"']
    ^(?:
        Referer|Host|Origin|X-Forwarded-[A-Z]\w+|Cookie|Authorization|Location|Set-Cookie
    ):\s*\S{6,}
    /etc/passwd|%3cscript|onerror=|javascript:|\bfetch\(
    \b(?:mutation|query)\b[^\n{]{0,40}\{
    \$ \w+
    ^[ \t]*(?:hashcat|sqlmap|ffuf|nmap|dig|wget|openssl|redis-cli|nc|adb|git clone|aws s3)[ ]
    «[^»\n]{30,400}»
    https?://[^\s?]{1,200}\?[^\s]{0,200}?(?:=https?:|=(?:/|%2f|\\\\){2}|\.\.(?:/|%2f)|%0d%0a)
    redirect_uri=|[?&]state=|\bshow\w*:\s*\S+,\s*\S+,
    https?://(?:www\.)?(?:loom\.com|youtu\.?be|vimeo\.com|streamable\.com)
    !\[[^\]\n]{0,60}\]\(https?:
    https?://[^\s]{3,100}[/_-](?:poc|proof|preuve|demo)\b
    =HYPERLINK\(
    \{\s*[\"'][^\"'\n]{1,40}[\"']\s*:\s*[\"'\d\[{]
    `[^`\n]{8,200}`|\bcurl\s+(?:-|['\"]?https?:)\S*|\badb shell \S+
    """,
    re.IGNORECASE | re.MULTILINE,
)
