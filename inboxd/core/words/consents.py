"""What is said around a wish to be named: double denials that agree, refusals in words of their
own, thanks to other people, and what leaves the wish open.
"""

from __future__ import annotations

from inboxd.core.words import by_language, pattern

_GIVEN = r"(?:[\"“«„@]|(?-i:[A-ZÀ-Þ])[\w.'’-]+ (?-i:[A-ZÀ-Þ])|@?(?=[\w.-]*[\d_])[\w.-]+\s*(?:[,.;(]|$|\n))"  # a name behind a colon
_NAMED = r"(?:(?:publicly )?(?:named|credited|cited|mentioned|thanked|acknowledged|listed|public|identified)|on (?:the|your) \w+(?: page| list)?)"

AGREES = by_language(
    en=rf"""
        \b(?:(?:would|do)(?:n['’]t| not) mind|no objections? (?:to|against|if)|(?:have |has )?nothing against|(?:have |is |see )?no (?:problem|issue|harm) (?:with|in|if|being))\b(?! (?:the|your) (?:delay|date))[^.!?\n]{{0,40}}\b(?:{_NAMED}|mention\w*|my name|naming|credit\w*|acknowledg\w+)\b
        \bno (?:need|reason|wish) (?:for me |to keep me |for you |to )?(?:to )?(?:keep me |stay |remain |be |hide |staying |remaining )?(?:anonym\w+|my name secret)
        \b(?:do not|don['’]t|did not|didn['’]t) (?:wish|want|need|have) to (?:remain|stay|be|be kept) anonymous\b
        \bnot anonymous(?:ly)?\b(?! (?:users?|access|visitors?|requests?))
        \bi used to ask for anonymity\b|\b(?:would|could|can|will)(?:n['’]t| not) (?:say no to|refuse|turn down)\b|\blie to say i (?:don['’]t|do not)\b
        \b(?:don['’]t|do not|never) (?:leave me out|forget (?:me|my name|to (?:mention|credit|name|list) me)|omit me)\b|\bis(?:n['’]t| not) that i (?:don['’]t|do not)\b[^.!?\n]{{0,30}}|\b(?:don['’]t|do not|dont) (?:you dare (?:to )?)?(?:forget|leave|omit) (?:my (?:credit|name)|me)\b
    """,
    fr=r"""
        \b(?:ne vois|n['’]ai) (?:pas d['’]|aucun[e]? |aucune |pas d |rien )(?:inconv[ée]nient|objection|contre)\b[^.!?\n]{0,30}
        \b(?:cela|[çc]a) ne me (?:d[ée]range|g[êe]ne) pas (?:d['’][êe]tre|que)\b[^.!?\n]{0,30}
        \bne m['’]oubliez pas\b|\bpas dit non\b|\bne serais pas contre\b|\bne dirais? pas non\b|\bne vais pas (?:vous )?cacher\b
        \baucune objection\b[^.!?\n]{0,40}|\brien contre\b
        \b(?:pas|n['’]est pas) (?:n[ée]cessaire|utile|besoin) de (?:pr[ée]server|garder|respecter) (?:mon |l['’])anonymat\b
        \bne (?:souhaite|veux|d[ée]sire|tiens) pas (?:[àa] )?(?:rester|demeurer) anonyme\b|\binutile de (?:rester|me garder) anonyme\b
    """,
    de=r"""
        \b(?:nichts|keine einw[äa]nde?) (?:einzuwenden|dagegen|gegen)\b|\bgegen eine? (?:nennung|erw[äa]hnung)\b[^.!?\n]{0,30}\bnichts\b[^.!?\n]{0,20}
        \b(?:muss|m[öo]chte|will) nicht anonym\b[^.!?\n]{0,12}|\bnicht anonym\b
    """,
    south=r"""
        \bno (?:tengo|tenemos|hay) (?:inconveniente|problema|objeci[óo]n)\b[^.!?\n]{0,40}|\bno (?:hace falta|es necesario) (?:mantener\w*|guardar\w*)[^.!?\n]{0,20}anonim\w+
        \bno me (?:disgustar[íi]a|negar[íi]a)\b(?: nada)?
        \bno me (?:importa|molesta)\b[^.!?\n]{0,40}|\bnon ho (?:nulla|niente|obiezioni)\b[^.!?\n]{0,40}|\bnon mi dispiace\b[^.!?\n]{0,30}
        \bn[ãa]o me (?:importo|incomodo)\b[^.!?\n]{0,40}|\bn[ãa]o tenho (?:obje[çc][ãa]o|problema)\b[^.!?\n]{0,40}
    """,
    nl=r"""
        \b(?:geen|er geen) (?:bezwaar|probleem)\b[^.!?\n]{0,40}|\bniet anoniem\b
    """,
)
"""Two denials: somebody agrees to be named. Blanked before refusals are looked for."""

BESIDE = by_language(  # denials of something else in the same breath
    en=r"""
        \b(?:no|(?:don['’]t|do not|not) (?:want|need|ask(?:ing)? for|looking for|after)|without|instead of)(?: any| a)? (?:money|bount(?:y|ies)|rewards?|payment|cash|swag)\b(?: (?:needed|required|necessary|wanted|please|expected))?
        \b(?:no|not|not my|don['’]t use my|do not use my|without my) (?:real name|nick(?:name)?|full name|employer|surname|last name|photo|links?|e-?mail)\b(?=[^.!?\n]{0,60}(?:["“«:]|\bas\b|\bjust\b|\bnick\b|\bpublish\b))
        \b(?:and )?(?:please )?link nothing\b|\bthough without the name of\b[^.!?\n]*
        \bno (?:further|other) (?:affiliation|details?|links?|information)\b[^.!?\n]{0,20}|\bno affiliation\b|\b(?:please )?(?:not|without) (?:the|my) (?:e-?mail|phone|mail|address|affiliation)\w*(?: address| number)?\b|\bnot my (?:client|customer|employer)\b
        \b(?:the|our|their|my) (?:customer|client|employer)\b[^.!?\n]{0,40}\b(?:must|should|would|may|shall|can|will)(?: not|n['’]t)\b(?: be \w+)?|\bi (?:must|need|do(?:n['’]t| not) (?:have|need) to)(?: not)? (?:be|appear)\b(?=\W*(?:$|\n))
        \bno real name\b(?=[^.!?\n]{0,12}\bbut\b)|\bmoney (?:is )?not important\b|\brather be (?:named|credited|listed|mentioned) than not\b|\bdo(?:n['’]?t| not) expect (?:any |a )?(?:reward|bounty|money|payment)\b|\bi know you don['’]t pay\b
        \bforget (?:what i (?:wrote|said)|my earlier)[^.:!?]{{0,60}}:|\bno (?:accents?|title|address|hyphen|capitals?) (?:needed|please|required)\b
        \bnot me personally\b|\b(?:money|bounty|cash) i (?:don['’]t|do not) (?:need|want)\b|\bno to the (?:t-?shirt|swag|bounty|money)\b
        \b(?:my|the) (?:\w+ )?(?:colleague|friend|employer|boss|brother|sister|wife|husband|teacher|co-?\w+|other\w*) (?:wants to|prefers to|wishes to|asked to|would like to|would rather) (?:stay|remain|be kept) (?:anonymous|out of (?:it|sight|this)|unnamed)\b
    """,
    fr=r"""
        \b(?:sans|et non|pas sous) mon (?:vrai |v[ée]ritable )nom\b(?=\W*(?:$|\n|s['’]il|svp|merci|mais))|\bpas besoin de (?:mentionner|citer) (?:mon|ma) (?:employeur|soci[ée]t[ée]|bo[îi]te|entreprise)|\bpas (?:de vrai nom|mon client|mon employeur|ma soci[ée]t[ée])\b|\bplut[ôo]t que (?:de )?(?:rester |demeurer )?(?:anonyme|d['’][êe]tre pay\w+)
        \bpas besoin d['’](?:argent|une prime|une r[ée]compense)\b
        \b(?:pas d['’e]|sans|ni|aucune|ne (?:cherche|veux|demande) pas d['’e])\s?(?:prime|argent|r[ée]compense|r[ée]mun[ée]ration|bounty)\b
        \bpseudo(?:nyme)? [\w.@-]{2,30},? et (?:surtout )?pas (?:sous )?mon (?:vrai )?nom\b
        \bn['’]utilisez pas mon (?:vrai )?nom(?= ?[;,][^.!?\n]{0,60}["“«])|\bsans nom de personne\b
    """,
    south=r"\b(?:sin|sem|senza) (?:el |il |o |usar )?(?:mi |mio |meu )?(?:nombre real|nome (?:reale|real|vero|verdadeiro)|apellido\w*|cognome|sobrenome)\b|\blos nombres de los \w+ no hacen falta\b|\bno busco dinero\b|\bniente soldi\b",
    de=r"\bkein(?:e|en)? (?:geld|belohnung|bounty|bezahlung)\b",
)

REFUSES = by_language(
    en=rf"""
        \b(?:i['’]?d |i would )?(?:prefer|rather) not(?: to)?(?: be)?(?: on it| in it| there| listed| named)?[.!]?\s*$
        \byou asked\b[^!?\n]{{0,200}}\banswer is no\b|\bno (?:hall|wall) of (?:fame|thanks)\b|\bno name,? please\b
        \bno need to (?:thank|credit|name|mention|list|acknowledge) (?:me|us)\b|\bdo not disclose who\b|\bmust decline\b|\bno to the hall\b|\bno public mention\b|\b(?:don['’]t|do not|not) seek (?:any |public )*(?:mention|credit|recognition|thanks)\b|\b(?:not|don['’]t) list me\b|\bidentity as confidential\b|\b(?:don['’]t|do not) want (?:any )?fame\b|\bthank me (?:only )?(?:privately|in private)\b|\b(?:just|but|only) not (?:on (?:the|your) (?:web)?(?:site|page)|in public|publicly)\b
        (?:^|[.!] )\W{{0,3}}(?:skip|omit|forget) (?:me|us|it)\b|\bnot interested in (?:fame|credits?|recognition|being)\b
        \b(?:credits?|mention|name|naming|recognition|attribution)\s*:?\s*(?:declined|refused|waived|denied)\b|\b(?:waive|decline|renounce)s? (?:any |all |public )*(?:credits?|acknowledge?ment|recognition|mention)
        \bmy identity (?:confidential|private|secret|to myself)\b|\b(?:my|our) (?:name|identity|company|handle)(?: \w+){{0,2}} (?:should|must|shall|may|can|will)(?:n['’]t| not| never) (?:appear|be)\b
        \b(?:didn['’]t|did not|not to|without) (?:mention|nam|credit|list|cit)\w* (?:me|us|our|my)\b|\bno names?(?: in public| please|\s*[.!])|\bneed(?:n['’]t| not) (?:credit|name|mention|thank|list)\b
        \b(?:stay|remain|be|keep me) (?:unnamed|nameless|unknown|in the dark|in the shadows?|out of (?:it|this|sight))\b|\bcredits?\?\s*(?:nah|no|nope|never)\b
        \b(?:don['’]t|do not) (?:tie|link|connect|attribute) (?:it|this|anything) to (?:me|us)\b|\b(?:i )?(?:would|do) mind (?:being|if)\b
        \b(?:not|un)\s?comfortable (?:with|being) (?:public |{_NAMED}|my name|credit)|\bobject to (?:being|any|the) (?:{_NAMED}|mention|publication|credit)|\bneither my name nor\b
        \b(?:don['’]?t|do not) (?:want|wish|need|like) to (?:appear|be|figure|feature)(?: publicly| anywhere| named| on (?:any|your|a) (?:page|list|site))\b|^\W*no credits?\b|\brather not (?:be|appear|my name|see)\b|\bneed(?:n['’]t| not) be (?:on|in) (?:it|there|the list)\b(?![^\n]*thank)
        \bunder no circumstances may (?:our|my) name\b|\bseek no (?:acknowledge?ment|credit|mention)|\bdon['’]t mention (?:me|us)\b|\bkeep (?:my|our) name\b[^.!?\n]{{0,40}}\bout of\b|\bno name, no\b|\bnot thanked anywhere\b|\breporter (?:stays|remains|is to stay|wants to stay) anonymous\b|\bno mention\b
    """,
    fr=r"""
        \binutile de (?:m['’]|me |nous )(?:afficher|citer|nommer|mentionner|remercier|mettre)|^\W*ce n['’]est pas la peine\b|\b(?:garder|tenir|conserver) mon identit[ée] (?:confidentielle|secr[èe]te|priv[ée]e)\b|\bchercheur anonyme\b|\bni (?:\w+ )?ni mention\b
        \b(?:je )?pr[ée]f[èe]re (?:que non|pas|ne pas)\b|\bje pr[ée]f[ée]rerais (?:que non|pas|ne pas)\b
        \bne pas me (?:faire (?:figurer|appara[iî]tre)|citer|nommer)\b|\bn['’]en (?:souhaite|veux|d[ée]sire|demande) pas\b|\btr[èe]s peu pour moi\b|\btaire (?:mon|notre) nom\b
        \bne (?:permet|permettent|autorise|souhaite) pas (?:que|[àa])\b[^.!?\n]{0,40}\b(?:cit|nomm|mentionn|publi)
        \bne me (?:nommez|citez|remerciez|mentionnez|cr[ée]ditez) pas\b|\bje m['’]y oppose\b|\b(?:mon|notre) nom (?:ne )?(?:doit|devra|peut) (?:pas )?(?:appara[iî]tre|figurer|[êe]tre)\b[^.!?\n]{0,20}\b(?:nulle part|pas)\b
        \b(?:mon|notre) nom ne doit\b|\bne surtout pas (?:publier|citer|mentionner|me citer)\b|\bne souhaitons pas que (?:le|notre) nom\b|\bne tiens pas [àa] [êe]tre\b|\b(?:donc|surtout|et) pas de nom\b|\bveu[xt] pas que mon nom\b|\bsans me (?:citer|nommer|mentionner)\b|\bne soi[t|s] pas (?:cit|nomm|mentionn)[ée]+
        \bne donne pas (?:mon|notre) accord\b|\bne m['’]inscri(?:vez|s) pas\b|^\W*(?:refus[ée]e?|d[ée]clin[ée]e?)\b|\bje (?:ne la |ne le )souhaite pas\b
    """,
    de=r"""
        \bnenn(?:en|t) (?:sie )?(?:bitte )?(?:weder )?mich (?:bitte )?(?:noch|nicht|nirgends|nirgendwo|keinesfalls|auf keinen fall)\b|\bweder mich noch\b|\bmein(?:en)? name[n]? (?:bitte )?(?:nicht|nirgends)\b
    """,
    south=r"""
        \bprefer(?:isco|irei|ir[íi]a) (?:di |que )?n(?:o|ão|on)\b|\bprefiero que no\b|\ben el anonimato\b|\bno (?:publiquen|publiqu[ée]is|mencionen|pongan|usen) (?:mi|nuestro) nombre\b|\bnon (?:rend\w+ pubblico|pubblic\w+) (?:il mio|il nostro) nome\b
        \bnon serve (?:menzionarmi|citarmi|ringraziarmi)\b|\bn[ãa]o (?:divulguem|publiquem|usem|mencionem)(?: o)? meu nome\b|\bn[ãa]o precis\w+ (?:me )?(?:citar|mencionar)
    """,
    nl=r"""
        \banoniem blijven\b|\b(?:mij|me) niet te (?:vermelden|noemen)\b|^\W*nee\b(?:,? (?:bedankt|dank))?
    """,
)
GENERIC = pattern(  # Write "a customer": anybody
    r"""
    \b(?:write|refer to me(?: only)? as|list me as|call me|say|[ée]crivez|mettez|schreiben sie)(?: only| just)? ["“«']\s?(?:an?|the|un|une|le|la|ein|eine) (?:anonymous )?(?:customer|user|researcher|reporter|client|person|reader|friend|utilisateur|utilisatrice|chercheur|cliente?|kunde|nutzer)\s?["”»']
    """
)
_REST = r"[^\n]*?(?:(?<!\bDr)(?<!\bMr)(?<!\bProf)(?<!\bMrs)(?<!\bMs)[.!](?=\s|$)|(?=\n)|$)"
OF_OTHERS = pattern(  # a sentence that names who found it, or thanks somebody else
    rf"""
    ^\W*(?:previously |originally |first )?(?:found|discovered|reported|identified|spotted|d[ée]couvert|trouv[ée]|signal[ée]|gefunden|entdeckt|descubiert[oa]|encontrad[oa]|scopert[oa]|trovat[oa]|descobert[oa]|gevonden|ontdekt)e?(?: and \w+)? (?:by|par|von|por|da|door)\b{_REST}
    (?<!\w)(?:i['’]d like to|we['’]d like to|i would like to|we would like to|i want to|we want to)? ?\b(?:i|we)? ?thank\b (?!me\b|us\b|you page){_REST}
    ^\W*(?:many |special |big )?thanks (?:to|go to) (?!me\b|us\b)[^\n]*?\b(?:for|who)\b{_REST}
    ^\W*(?:merci [àa]|je remercie|nous remercions|dank an|danke an|gracias a|(?:un )?grazie a\w*|obrigad[oa] a\w*|dank aan) {_REST}
    \bplease acknowledge (?:receipt|within|that|this|the)\b{_REST}
    \bth(?:is|e) (?:work|research|vulnerability|issue|flaw|bug) (?:was|were|is) (?:funded|supported|sponsored|found|discovered|reported|identified)\b{_REST}
    \b(?:icons?|fonts?|template|photos?|logo|theme|artwork|illustrations?)(?: by\b|:){_REST}
    """
)
UNDECIDED = pattern(
    r"""
    \b(?:wei[ßs]+ ich (?:noch )?nicht|sai[ts] pas(?! que)|no opinion|n[ãa]o tenho opini[ãa]o|keine meinung|no preference|either way is fine|j['’]h[ée]site|nous h[ée]sitons|reparlons-en|on en reparlera?|(?:as|whatever) you (?:like|wish|prefer|want)|comme vous (?:voulez|pr[ée]f[ée]rez|souhaitez)|bon vous semble|m['’]en remets [àa]|peu importe|wie sie m[öo]chten|wie ihr wollt|como (?:quieran|quiera|prefieran|queiram)|come (?:preferite|volete)|vedremo|easy about)\b
    \b(?:ask me (?:again|later|when)|(?:need|have) to (?:check|ask|talk|discuss)|(?:let['’]?s|we can) talk about|let me (?:ask|check|think)|must (?:ask|check)|il faut que j['’]en (?:parle|discute)|dois (?:d['’]abord )?(?:demander|en parler)|muss (?:ich )?(?:erst|noch)|debo (?:consultar|preguntar)|devo (?:prima )?chiedere|preciso (?:perguntar|consultar)|peut-[êe]tre|[àa] voir)\b
    \b(?:have(?:n['’]t| not) (?:yet )?(?:decided|made up)|(?:don['’]t|do not) know (?:yet )?(?:if|whether)|not sure|undecided|not (?:yet )?decided|(?:agreed on|about) whether|(?:noch )?nicht entschieden|pas (?:encore )?d[ée]cid[ée]|n['’]ai pas (?:encore )?d[ée]cid[ée]|ne sais pas (?:encore )?si|wei[ßs]+ (?:noch )?nicht|no s[ée] (?:todav[íi]a )?si|non so (?:ancora )?se|n[ãa]o sei (?:ainda )?se)\b
    """
)
ON_TERMS = pattern(
    r"""
    \bif (?:my|our|the) \w+(?: \w+)? (?:signs?|agrees?|allows?|approves?|permits?|says?|turns?|is (?:confirmed|accepted|valid|critical|rated))\b
    \byes,? if\b[^.!?\n]{0,80}\b(?:otherwise|else|if not)\b
    \bif there (?:isn['’]t|is not|is no)\b|^\W*not (?:before|until|unless)\b|\bif (?:this|it) is\b[^.!?\n]{0,40}, (?:forget|skip|leave|drop) (?:it|me)\b
    \bif you fix\b[^.!?\n]{0,80}\b(?:otherwise|else|if not)\b|\bsi (?:la|le|vous|l['’])[^.!?\n]{0,60}\bsinon\b
    \bonly\b[^.!?\n]{0,60}\bif\b|\b(?:otherwise|else|if not),? (?:please )?(?:don['’]t|do not|leave|skip|no)\b|\b(?:pending|subject to|once|after|as soon as|until) (?:my|our) \w+
    \b(?:si|quand|d[èe]s que) (?:mon|ma|notre) \w+(?: \w+)? (?:est d['’]accord|accepte|valide|autorise)\b|\bsous r[ée]serve\b
    """
)
CONSENTS = by_language(
    en=rf"""
        \bplease (?:put|write|list|print|use|name) ["“«]|\b(?:line|entry|credit) should (?:read|say)\b|\b(?:i|we) ask you to (?:name|credit|mention) (?!nobody|no )|\b(?:pleased|proud|happy|glad|love|like) to see my name\b|\bmention with a link\b[^.!?\n]{{0,40}}\bwould\b|\bput (?-i:[A-Z])\w+ (?-i:[A-Z])\w+ on (?:it|your|the)\b|\b(?:my|our) (?:consent|permission) to (?:name|credit|mention)\b|\bproud to stand on it\b|\b(?:to be|be|being) included among your researchers\b|\bwelcome to credit me\b|\bmake my year to see [\"“«]|\bfeel free to (?:put|add|list|name|mention|credit|thank)\b[^.!?\n]{{0,40}}\b(?:acknowledg\w+|credits?|thanks|hall|wall|list|page|notes|changelog)|\b(?:glad|chuffed|happy|pleased) if you (?:named|credited|mentioned|thanked|listed)\b|\b(?:i|we) (?:may|can) be (?:publicly |personally )?named\b|\b(?:i|we)['’]d be chuffed\b
        \bfor (?:the |your )?(?:credits?|thanks(?: list| page)?|hall of fame|acknowledge?ments?)\s*[:,]\s*{_GIVEN}|\b(?:regarding|as for|about) (?:the )?(?:recognition|credit|a mention)\b[^.!?\n]{{0,12}}\bi['’]d (?:really )?(?:love|like)\b
        \b(?:free|welcome) to (?:use|publish|print|mention|show|name|credit|list|thank)\b(?: (?:me|us|my|our))?\b
        \b(?:i |we )?(?:agree|consent)s? to (?:be(?:ing)? {_NAMED}|(?:the )?publication of (?:my|our) (?:name|handle|nick))|\byou have my (?:permission|consent|ok|blessing)\b
        \b(?:being|be) on (?:the|your) (?:acknowledge?ments?|thanks|credits?|hall of fame|wall)\b[^.!?\n]{{0,40}}\bwould (?:be|make|do)\b
        \bplease attribute\b(?! (?:nothing|it to nobody))|\bi (?:wish|want) my name\b|\badd me to (?:the |your )?(?:wall|hall|list|page|credits|thanks)\b
        \b(?:mean a lot|make my day|make me happy|be great|be nice) to be (?:mentioned|named|credited|listed)\b|\b(?:credit|mention|line)\b[^.!?\n]{{0,30}}\bwould (?:make my day|mean a lot|be (?:nice|great|lovely|enough|welcome))\b
        \b(?:could|can) (?:really )?use the credit\b|\bplease print ["“«]|\bspell my (?:handle|name|nick)\b|\b(?:be )?named (?:rather )?than paid\b|\bpayment in fame preferred\b
        \b(?:mention|line|thank[- ]?you|credit|thanks)\b[^.!?\n]{{0,60}}\b(?:is|are) all (?:i|we) (?:ask|hope|want|wish)\b|\ball i (?:ask|want|hope for) is (?:a |the |my )?(?:mention|name|credit|line)\b
        \bonly a mention\b|\bput [\w.@-]{{3,30}} on (?:your|the) (?:list|wall|page)\b|\bput me down as\b|\bdo name me\b|\bagrees? to ["“«]
        \b(?:grateful|happy|glad|honou?red|pleased|delighted|like|love|proud) to (?:appear|figure|see ["“«\w][^.!?\n]{{0,60}} (?:under|in|on) (?:the|your) (?:acknowledg|thanks|credits|hall)|be (?:on|in) your)\b
        \bif you (?:do |would )?(?:list (?:people|researchers|finders|reporters|names)|thank (?:people|researchers|finders)|name people|credit (?:people|researchers)|(?:have|maintain|keep|run) an? (?:hall|wall|thanks|acknowledg\w+|page (?:for|of) (?:that|it|thanks|researchers|credits?)|list of (?:thanks|researchers|names)))\b[^.!?\n]{{0,60}}(?:[:,]\s*(?:["“«@]|(?-i:[A-Z]))|\bi['’](?:d|m)\b)
        \b(?:mean a lot|make my (?:day|week)|be an honou?r)(?: to me)? (?:if|to)\b[^.!?\n]{{0,40}}\b(?:{_NAMED}|credit\w*|mention\w*)\b|\byes to (?:a |the )?(?:mention|credit|listing|being)\b
        \bhappy for you to (?:use|name|mention|credit|list|tell)\b|\b(?:thankful|chuffed|stoked|thrilled|over the moon|grateful) to (?:see|be|appear|find)\b|\bcan i be (?:on|in) (?:the|your) (?:web)?(?:site|page|list|wall|hall|credits)\b|\babout a (?:public )?mention\b[^.!?\n]{{0,30}}\bpleased\b|\bdo (?:mention|credit|name|list|thank) (?:me|us|the \w+ of us)\b|\b(?:she|he|they) should be (?:named|credited|mentioned)\b|\bpleased to be (?:named|credited|mentioned)\b
        \b(?:is|are) to be (?:credited|attributed) to\b|\bnamed,? please\b|\bimmortali[sz]e me\b|\bi want (?:the |an )?acknowledge?(?:ment)?\b|\bmention that it was (?:reported|found|discovered) by\b|\b(?:ask|asking|request) to be (?:named|credited|mentioned|listed)\b|\byes to the (?:hall|wall|list|mention|credit)\b|\bput down (?-i:[A-Z])\w+
        \b(?:be |am )?(?:honou?red|happy|glad|proud|delighted) to be (?:on|in) (?:the|your|that) \w+|\bplease put @?[\w.-]{{3,30}} (?:in|on) (?:the|your) (?:changelog|list|release|wall|page|notes|credits)|\bdo want (?:the )?credit\b|\bwant the credit\b|\bcredit only me\b|\ba mention i do\b
        \badd me (?:in|on|into) (?:the |your |ur )?(?:wall|hall|list|page|credits|thanks)|\byou may thank\b
        \b(?:he|she|they|who|and|both|colleague|student|intern|\w+)(?: also)? (?:wants?|wish(?:es)?|would like|['’]d like|likes?|(?:has |have )?asked|agrees?|would love)(?: (?:me )?to tell you (?:she|he)['’]d like)? to be (?:named|credited|mentioned|acknowledged|listed)\b(?! ?[(?:])
        \b(?:please|kindly) (?:attribute|reference|cite|acknowledge|name|mention) (?!CVE|CWE|RFC|GHSA|OWASP)(?-i:[A-Z])\w+|\b(?:print|use) my (?:full )?name\b|\b(?:is the name to print|ok to print)\b|\bfor (?:the )?(?:credits?|hall of fame|acknowledge?ments?)\b[^.!?\n]{{0,12}}\b(?:use|take|put)\b|\bask (?:vendors |you )?to acknowledge the\b|\byou (?:can|may) put @?\w+ in the\b
        \bcan (?:go|be) in the advisory\b|\bmy name (?:may|can) (?:be (?:part|printed|published|public|in|on)|appear|go)\b|\bfine with my name\b|\bshout-?out to\b|\b(?:add|added|see|include) (?:me|my name)\b[^.!?\n]{{0,40}}\b(?:hall of fame|acknowledg\w+|thanks|credits|wall)|\bmy name\b[^.!?\n]{{0,40}}\b(?:be )?(?:added|listed|included|printed) (?:in|on|to)\b|\bfame\b[^.!?\n]{{0,12}}\bi['’]ll gladly take\b|\bforget me in the credits\b|\bi want (?:to )?be in (?:the )?hall of fame\b
        \buse it (?:verbatim|as is)\b|\bconsents? to being (?:named|credited|mentioned|listed)\b|\bi am the finder and i['’]d like\b|\bmention would be (?:very |most )?(?:welcome|appreciated)\b|\bwelcome a mention\b
        \b(?:happy|glad|love|like|proud|pleased|delighted) to be (?:on|in) (?:it|that (?:page|list|wall))\b|\bshout-?out goes to\b|\b(?:to be )?credit(?:ed)? (?:me )?under (?:this|that|the above) name\b
    """,
    fr=rf"""
        \boui [àa] la publication de (?:mon|notre) nom\b|[àa] (?:cr[ée]diter|citer|mentionner) sous ce nom\b|\b(?:mettez|inscrivez|ajoutez|notez) (?:["“«]|@|(?-i:[A-Z]))[^.!?\n]{{1,40}}\b(?:dans|sur|au|aux|parmi|à) (?:vos|votre|la|les|le|l['’])|\bpour (?:les |vos |le )?(?:remerciements|cr[ée]dits?|hall of fame)\s*[:,]\s*{_GIVEN}|\bmon nom peut para[iî]tre\b|\bvous pouvez donner mon nom\b|\b(?:aimerais|veux) bien (?:figurer|appara[iî]tre|y figurer) (?:parmi|dans|sur)\b|\bremerciements(?: publics)?,? c['’]est (?:d['’]accord|oui)\b|\bcitez-moi\b|\bpage de remerciements\s*[:,]\s*{_GIVEN}
        \b(?:elle|il|ils|elles|et|ma coll[èe]gue|mon coll[èe]gue|\w+)(?: qui)? (?:souhaite|veut|tient [àa]|d[ée]sire|aimerait|est d['’]accord pour|sont d['’]accord pour) [êe]tre (?:cr[ée]dit|cit|nomm|mentionn)[ée]+|\bvous avez mon accord pour (?:citer|mentionner|publier|nommer)|\bpri(?:ons|e) de (?:mentionner|citer|cr[ée]diter)\b|\bje veux bien [êe]tre (?:ajout|list|inscrit)|\bajoutez-moi (?:[àa]|sur|dans|au) (?:la|votre|le)?|\bmon nom\b[^.!?\n]{{0,30}},? vous pouvez le publier\b|\bje pr[ée]f[èe]re [êe]tre (?:cit|nomm|mentionn|cr[ée]dit)|\bsaurais gr[ée] de[^.!?\n]{{0,30}}\bfaire figurer\b|\bdemandons que\b[^.!?\n]{{0,60}}\bsoit (?:mentionn|cit|nomm|cr[ée]dit)
        \b(?:que mon nom|mon nom)\b[^.!?\n]{{0,30}}\bsoit (?:ajout[ée]|publi[ée]|cit[ée]|mentionn[ée])|\bj ?['’]?aimerai?s? bien y [êe]tre\b
        \bj['’]autorise (?:la publication|l['’]utilisation|la mention) de mon nom\b|\bje consens [àa] [êe]tre (?:cit|nomm|mentionn|cr[ée]dit)|\blibres? de me (?:remercier|citer|nommer|mentionner)\b|\b(?:citez|mentionnez|nommez|inscrivez|cr[ée]ditez)-moi\b
        \bmerci (?:d['’]y |de |d['’])(?:mentionner|citer|nommer|inscrire|indiquer|faire figurer) (?!receipt|ce\b|cette|cet\b|ces\b|cve|que\b|(?:le|la|les|l['’]|une?|dans|bien|plut[ôo]t|au)\s?(?!soci|labo|cabinet|[ée]quipe|entreprise|nom|pseudo|agence|coll|groupe|club|universit|[ée]cole)(?-i:[a-zé]))[^.!?\n]{{2,40}}|\btiens [àa] [êe]tre (?:cr[ée]dit|cit|nomm|mentionn)|\binscrivez (?:@|["“«])?\w
        \b(?:ravie?|heureu\w+|content\w*) d['’](?:appara[iî]tre|[êe]tre (?:cit|nomm|mentionn)|y figurer|y appara[iî]tre)|\b(?:mention|ligne|citation)\b[^.!?\n]{{0,40}}\b(?:me ferait plaisir|me suffi(?:t|ra)|serait (?:sympa|appr[ée]ci)|me plairait)
        \b(?:juste|seulement|une) (?:une )?(?:petite )?(?:ligne|mention) avec mon nom\b|\bnous (?:souhaitons|demandons) (?:que l['’]avis|la) mention\w*|\bd['’]accord pour (?:une |la )?(?:mention|citation|publication)
        \bsi vous (?:remerciez|citez|nommez|listez)\b[^.!?\n]{{0,40}}\b(?:content|heureu|ravi|[ée]cri[vt]|mett|["“«@])|\b(?:c[ôo]t[ée]|pour les) (?:remerciements|cr[ée]dits?)\s*[:,]\s*oui\b
        \b(?:souhaitons|souhaite|voulons|voudrions|voudrais) [êe]tre (?:cit|nomm|mentionn|cr[ée]dit)|\bje veux bien (?:mon nom|[êe]tre (?:cit|nomm|mentionn))
        \bsouhaitons que (?:notre|ma|mon) [^.!?\n]{{2,60}}\bsoi(?:t|ent) (?:cit|nomm|mentionn|cr[ée]dit)|\bmettez-moi (?:dans|sur)\b|\baimer(?:ais|ions) [êe]tre (?:cr[ée]dit|cit|nomm|mentionn)|\bmention de mon nom\b[^.!?\n]{{0,40}}\bappr[ée]ci[ée]e|\b(?:une|petite) (?:ligne|mention)\b[^.!?\n]{{0,30}}\bau nom de\b|\bferait plaisir d['’][êe]tre\b|\bdans (?:les|vos) remerciements\s*!
        \bvous pouvez (?:me |nous )?(?:citer|nommer|mentionner|remercier|cr[ée]diter)\b(?! (?:pas|que si|seulement si|si))|\b(?:suffira|suffit) pour le cr[ée]dit\b|\bvous pouvez (?:me nommer|[ée]crire (?-i:[A-Z]))
    """,
    de=rf"""
        \b(?:[üu]ber eine?|auf eine?) (?:erw[äa]hnung|nennung)\b[^.!?\n]{{0,40}}\b(?:freuen|gefreut|dankbar)
        \bnehmt mich\b[^.!?\n]{{0,40}}\bauf\b|\bf[üu]r (?:die )?(?:danksagung|credits|hall of fame)\s*[:,]\s*{_GIVEN}
        \b(?:sie|er|und|wir) (?:m[öo]chte|w[üu]rde gerne?|will|w[üu]rden uns)(?: gerne?)? (?:namentlich )?(?:genannt|erw[äa]hnt)|\b[üu]ber einen eintrag\b[^.!?\n]{{0,40}}\b(?:freuen|dankbar)|\bschreiben sie (?:ruhig|gerne?) (?-i:[A-Z])|\bin die hall of fame m[öo]chte ich\b|\bw[äa]re (?:nett|sch[öo]n|toll)\b(?=[^.!?\n]{{0,20}}$)
        \b(?:mein name darf|ich darf) (?:gerne )?(?:genannt|erw[äa]hnt)\b|\bnennen sie (?:bitte |gerne )?(?!weder|mich (?:bitte )?(?:nicht|nirgend|keines|auf keinen)|nicht)(?:mich|(?-i:[A-Z])\w+)|\ban die wand\b
    """,
    south=r"""
        \b(?:favor|por favor|prego di|vi prego di|pe[çc]o para|pedimos que|chiediamo (?:che|di)|solicitamos) (?:creditar|acreditar|atribuir|attribuire|citare|mencionar|menzionare|se mencione|que se mencione|nel bollettino compaia)|\b(?:ella|ela|lei|e|y|che) (?:quiere|quer|vuole|desidera) (?:que la nombren|ser citad\w|essere (?:nominat|citat|menzionat)\w)|\b(?:pode|podem) (?:colocar|indicar|citar|publicar)\b|\bpueden? publicar mi nombre\b|\bme gustar[íi]a que figure\b|\bmi piacerebbe (?:vedere|essere|comparire)\b|\bscrivete pure\b|\bmi fa piacere esser(?:ci|e citat|e nominat|e menzionat)|\bse ringraziate[^.!?\n]{0,30}\bil mio nome [èe]\b|\bcontra a publica[çc][ãa]o do meu nome\b|\bcon que pongan a\b|\bquisiera aparecer\b
        \b(?:me encantar[íi]a|me har[íi]a (?:mucha )?ilusi[óo]n)[^.!?\n]{0,30}\b(?:figurar|aparecer|nombr\w+|mencion\w+)\b|\bver mi nombre en\b|\bpongan (?-i:[A-Z])\w+
        \bciten a\b|\bme gustar[íi]a (?:aparecer|figurar)\b|\bfarebbe piacere essere (?:menzionat|citat|nominat)|\bstesso nome (?:dell['’]altra volta|di prima)\b[^.!?\n]{0,20}\bringraziamenti\b|\bpodem? (?:divulgar|publicar|usar|citar|colocar|p[ôo]r) (?:o )?(?:meu|nosso) (?:nome|nick)
    """,
    nl=r"""
        \bzet mij (?:gerust|maar|graag)\b|\bmag mijn naam (?:noemen|vermelden)\b|\bja,? graag\b
    """,
)
OTHER_SENSE = pattern(  # nobody asks to be thanked
    r"""
    \bcredit me (?:with\b|\d)|\b(?:list|add|include|name|put) (?:me|us) (?:as an? (?:admin\w*|owner|member|user|manager|contact)|in (?:cc|copy)|(?:to|on) (?:the |your )?(?:mailing|newsletter|group|chat|workspace|team|org\w*|cc))\b|\bclick (?:on )?["“']?credit me
    \bm[öo]chte (?:noch |auch |kurz |nur )?erw[äa]hnen,? dass\b|\bnennen sie (?:mir |uns )?(?:bitte )?(?:ihren?|einen?|den|die|das|ihr)\b
    """
)
GRANTED = pattern(  # a whole answer under a heading that asks for credit
    r"""
    \W*(?:i(?:['’]d| would) (?:be (?:very )?(?:glad|happy|delighted|honou?red|pleased)|love (?:that|it|to))|allowed|granted|permitted|accepted|approved|agreed|named|go (?:for it|ahead)|add me|tag me|by all means|with pleasure|my pleasure|ok to name|fine by me|gladly|of course|absolutely|a mention (?:suffices|is enough|will do)|you have my permission|autoris[ée]e?|accept[ée]e?|accord[ée]e?|volontiers|avec plaisir|bien s[ûu]r|ajoutez-moi|preneu(?:r|se)|gerne?|erlaubt|genehmigt|einverstanden|con gusto|encantad[oa]|volentieri|con piacere|certo|com prazer|claro|graag|g[äa]rna|ja tack|ch[ęe]tnie|с удовольствием)(?!\w)
    """
)
WILLING = pattern(  # beside a name in such an answer
    r"""
    ^\W*(?:as|comme|als|como|come) (?=[\"“«„@]|(?-i:[A-Z]))|\b(?:please|bitte|use|call me|add me|tag me|sign me|list me|put|print|write|will do|would be (?:nice|lovely|great|perfect|enough)|you (?:may|can)|feel free|go for it|just me|only me|suffices?|is enough|are enough|public|named|pleasure|welcome|is fine|fine|appreciated)\b
    \b(?:full name|first name|my name|my nick\w*|nick(?:name)?|handle|pseudo\w*|initials|alias|pr[ée]nom|nom complet|vollem namen|finder)\b
    \b(?:volontiers|plaisir|svp|citez|mettez|inscrivez|indiquez|appara[iî]tre|attribuer|merci|gerne?|d[üu]rfen|bitte|gustar[íi]a|por favor|piacere|volentieri|cita\w*mi|grazie|pode(?:m)?|obrigad[oa]|graag|prosz[ęe]|podać|пожалуйста)\b
    """
)
