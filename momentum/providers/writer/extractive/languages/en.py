"""English."""

from __future__ import annotations

import re

from momentum.providers.writer.extractive.languages.language import (
    Language,
    Phrases,
    Signs,
    bracketed,
    places,
)

PHRASES = Phrases(
    page="page {page}",
    pages="pages {first} to {last}",
    units={
        "slide": ("slide {page}", "slides {first} to {last}"),
        "chapter": ("chapter {page}", "chapters {first} to {last}"),
        "section": ("section {page}", "sections {first} to {last}"),
        "part": ("part {page}", "parts {first} to {last}"),
        "line": ("line {page}", "lines {first} to {last}"),
        "minute": ("minute {page}", "minutes {first} to {last}"),
    },
    of="{place} of {name}",
    of_source="{place} of the source",
    the_source="the source",
    joiner=" and ",
    heavy_joiner="; and ",
    more="more",
    part="{title}, part {number}",
    first_title="What the source says first",
    next_title="What comes next",
    recap="Looking back",
    recap_summary="The most important sentences of each day.",
    outcome="Explain {title} in your own words",
    summary_one="One short lesson from {names}: {subjects}.",
    summary="{count} short lessons from {names}, among them {subjects}.",
    size_one="{name} (1 page)",
    size="{name} ({count} pages)",
    through_one="This course takes you through {sizes} in one day.",
    through="This course takes you through {sizes} in {count} days.",
    quotes_source=(
        "Every lesson quotes the source word for word and names the page, so that you can read on there."
    ),
    span="It begins with {first} and ends with {last}.",
    each_day="Each day has something to read, something to do and a few questions to check yourself.",
)

_REFERRED = r"(?:fig(?:ure)?s?\.?|tables?|listings?|lines?|chapters?|sections?|appendix|equation|eq\.)"
_DOCUMENT = (
    r"(?:chapters?|sections?|pages?|manuals?|documents?|appendix|tables?|figures?|examples?|paragraphs?|guides?|books?"
    r"|texts?|specs?|specifications?|reports?|papers?|tutorials?|articles?|lines?|lists?|code)"
)
_TIME = (
    r"(?:days?|weeks?|months?|years?|mornings?|evenings?|nights?|springs?|summers?|autumns?|winters?|seasons?"
    r"|decades?|centur(?:y|ies)|hours?|minutes?|seconds?|generations?)"
)

_SECTION = r"(?:chapters?|sections?|appendix)"

SIGNS = Signs(
    pointer=re.compile(
        rf"^\(?(?:Please )?(?:see|refer to|consult|cf\.|turn to)\b(?! (?:that|how|if|what|whether|your|why)\b).*"
        rf"(?:\b{_REFERRED}\s*\d|\b{_DOCUMENT}\b|[“\"‘']|\b(?:above|below)\b)|^\(?For (?:more|further|full"
        rf"|additional|other)"
        r" (?:detailed )?(?:details?|information|documentation|examples)\b|^(?:This|The (?:next|following|previous"
        r"|rest of th(?:e|is)))"
        r" (?:chapter|section|appendix|document|manual|part)\b.{0,20}\b(?:describes?|explains?|covers?"
        r"|discuss(?:es)?|contains?"
        r"|gives?|presents?|lists?|is about|provides?|introduces?|outlines?|shows?|deals? with|documents?)\b"
        r"|^(?:More|Further) (?:details?|information)\b.*\b(?:in|at|see|from)\b"
        r"|^(?:Please )?(?:see|refer to) (?:also )?(?-i:[A-Z“])"
        rf"|^{_SECTION}\s*\d[\w.]*(?: \([^()]*\))?\W*$|^You (?:can|may) (?:find|read) more\b.*{places(_SECTION)}"
        rf"|^{_SECTION}\s*\d[\w.]* (?:explains?|describes?|covers?|discusses|shows?|gives?|lists?|contains?)\b"
        rf"|^(?:For|If|To)\b.{{1,120}}, (?:please )?(?:see|refer to|consult|read)\b.{{0,60}}{places(_SECTION)}"
        r"|.{1,120}\b(?:is|are|be) (?:\w+ ){0,2}(?:described|explained|detailed|discussed|documented|covered|defined"
        rf"|considered|found)"
        rf" (?:\w+ ){{0,2}}in {places(_SECTION)}\W*$",
        re.IGNORECASE,
    ),
    points_away=re.compile(
        rf"\b{_REFERRED}\s*(?:\d|[A-Z]\b)"
        r"|\b(?:as|is|are|was|were|shown|seen|described|discussed|mentioned|listed|given|explained|defined|noted)"
        r"\s+(?:\w+\s+)?(?:above|below|overleaf|earlier|later|previously|elsewhere|here)\b"
        r"|\b(?:see|refer to|cf\.?|consult|compare)\s+(?:\w+\s+){0,2}[A-Z“\"‘']|\(see\b|\bsee (?:also|below|above)"
        rf"|\bthe (?:above|preceding|former|latter)\b|\bthe following\b(?!\s+(?:\w+\s+){{0,2}}{_TIME}\b)"
        rf"|\bthe (?:next|last|previous)(?=[.:;]|\s+(?:\w+\s+)?{_DOCUMENT}\b)|\bas follows\b|\bfollows?[.:]$"
        rf"|\b(?:this|next|previous|preceding|following) {_DOCUMENT}\b"
        r"|\bthe (?:sections?|chapters?|examples?) (?:above|below|of)\b|^below\b|\b(?:above|below)[.,;:]|^as I said\b"
        r"|\b(?i:described|discussed|explained|documented|covered|listed|given|detailed|defined|outlined)"
        r" (?:in|under|at) (?-i:[A-Z“\"])|\bmore (?:information|details?|documentation|about|on)\b.*\b(?:found"
        r"|available|in|at)\b|\b(?:documentation|information) (?:is )?available (?:at|in|from)\b|\[\d{1,3}\]|^see\b"
        r"|, \d{1,2}(?:\.\d{1,2})+\.$"
        r"|\bfor (?:more |further |full )?(?:details|information)\b|\bexample (?:here|above|below)\b"
        r"|\bdescription here\b|\bfurther (?:details|information)\b"
        r"|\bwill be (?:explained|described|discussed|covered|shown)\b",
        re.IGNORECASE,
    ),
    asides=re.compile(
        bracketed(r"(?:please |also )?(?:see|cf\.|compare|refer to)\s", _REFERRED) + "|"
        rf",? (?:just )?(?:as|like) (?:\w+ )?(?:(?:described|shown|seen|explained|given|listed|discussed|noted"
        rf"|mentioned) )?(?:above |below |earlier |later )?(?:in|on|under) {places(_SECTION)}"
        r"|,? as (?:(?:already|just|has been|have been|was|were|we have) )?(?:described|mentioned|shown|noted|discussed"
        r"|explained|seen|stated|said) (?:above|below|earlier|before|previously)(?=[ .,;:)])"
        # "the rules described below in Section 3.5"; what "is described in Section 3.5" is left.
        r"|(?<! is)(?<! are)(?<! be)(?<! been)(?<! was)(?<! were)(?<! as)(?<! ones)(?<! those)(?<! further)"
        r"(?<! already) (?:described|discussed|explained|listed|defined)"
        rf"(?: (?:below|above|later|earlier)(?=[.,;](?: |$))|(?: below| above| later| earlier)? in {places(_SECTION)})"
        rf"|^As (?:\w+ ){{1,3}}(?:above|below|earlier|before|previously|(?:see )?in {places(_SECTION)}"
        rf"|see {places(_SECTION)}), |"
        # As Texinfo refers to its nodes: "See also: [sort], page 5.", ", described in Section 6.3 [Cells], page 4"
        r"(?:^|(?<=[.!?] ))See also:? (?:\[[^\[\]]+\](?:, page \w+)?(?:,? and |, )?)+\.?\s*|"
        rf", (?:(?:which|that) (?:is|are) )?(?:see|described in|explained in|discussed in|documented in) {_REFERRED}"
        r" [\w.]+(?: \[[^\[\]]+\])?(?:, page \w+)?(?=[.;])|"
        rf"\s*\((?:see|cf\.?|compare|also|as in|shown in|e\.g\.,?)?\s*(?:also )?(?:the )?{_REFERRED}\s*[\d(][\w.,()–-]*"
        rf"(?: (?:and|to) [\w.]+)?\)|, as (?:shown|seen|described|explained|given|listed) (?:in"
        rf"|on) (?:the )?{_REFERRED}"
        r"\s*\d[\w.–-]*\w(?=[.,;])|, as (?:shown|seen|described|explained|given|listed) (?:in|on) (?:the )?"
        rf"{_REFERRED}\s*\d(?=[.,;])|\s*\(see (?:above|below|also [^()]{{1,40}}|(?:page|p\.) \d+)\)",
        re.IGNORECASE,
    ),
    leans_back=re.compile(
        r"^(?:This|These|Those|That|It|Its|They|Their|Them|He|She|His|Her|Such|However|Also|But|And|Or|So|Yet|Then"
        r"|Thus|Hence|Therefore|Moreover|Furthermore|Additionally|Consequently|Nevertheless|Nonetheless"
        r"|Otherwise|Instead|Similarly|Likewise|Finally|Lastly|Again|Still|Here|There(?:fore|by)?|Both|Neither"
        r"|Another|Others?|Second(?:ly)?|Third(?:ly)?|Next|Afterwards|Alternatively|Conversely|Rather|Indeed"
        r"|For (?:example|instance|this|these|that)|In (?:this|that|these|those|such|addition|fact|contrast|other)"
        r"|On the other hand|At (?:this|that)|As (?:a result|such|above|before)|If (?:so|not|this|that|it|they)"
        r"|To (?:do|achieve) (?:this|so|that)|Because of (?:this|that)|After (?:this|that)|The (?:same|other|latter"
        r"|former|first|second|third|two|above|result|reason|resulting)|One of (?:them|these)|Some of (?:them|these)"
        r"|Note(?: also)? that|Yes|No|Well|Now|Once (?:this|that)|When (?:this|that)|Until then|Even so|Not only"
        r"|In (?:any|either|both|each|neither) (?:case|event)|Either way|Whatever|Of course|Perhaps|Please note|Note"
        r"|The (?:alternative|difference|rest|remaining|remainder|subsequent)"
        r"|In (?:all|most|many|some) (?:of these )?cases|Notice|Exactly the same|As an example|Because in"
        r"|Equally|Given (?:this|that)|With (?:this|that|these)|Most of (?:them|these)|All of (?:them|these|this))\b"
    ),
    impersonal=re.compile(
        r"^(?:It (?:is|was|may be|can be|might be|will be) (?:\w+ly )?(?!something|what|one|such)\w+ (?:for|to|that)\b"
        r"|It takes\b|There (?:is|are) (?!\w+ such|also|then))"
    ),
    points_back=re.compile(
        r"\b(?:this|these|those|it|its|they|them|their|he|him|she|her|such|so|also)\b|\bthat[,.]"
        r"|\b(?:is|are|was|were|can|could|may|must|will) then\b",
        re.IGNORECASE,
    ),
    # Finite verbs that most English sentences have one of; without one it is a caption or a term's gloss.
    verb=re.compile(
        r"\b(?:is|are|was|were|be|been|am|has|have|had|do|does|did|can|cannot|could|will|would|may|might|must|should"
        r"|shall|uses?|takes?|makes?|gives?|means?|helps?|shows?|contains?|includes?|provides?|allows?|requires?|needs?"
        r"|works?|keeps?|gets?|goes|go|comes?|becomes?|begins?|starts?|ends?|runs?|depends?|tells?|says?|checks?|reads?"
        r"|writes?|causes?|lets?|brings?|creates?|builds?|turns?|leads?|moves?|changes?|grows?|holds?|stands?|knows?"
        r"|thinks?|feels?|wants?|tries|try|asks?|finds?|sees?|looks?|puts?|sets?|seems?|remains?|follows?|affects?"
        r"|supports?|prevents?|improves?|reduces?|increases?|produces?|represents?|offers?|explains?|describes?"
        r"|happens?"
        r"|occurs?|applies|apply|became|began|came|gave|got|went|kept|knew|led|left|made|meant|said|saw|took|told"
        r"|thought|wrote|found|brought)\b|n[’']t\b|[’']s (?:not|a|the)\b",
        re.IGNORECASE,
    ),
    # A gloss of an option or a function, whose subject is the name printed before it.
    no_subject=re.compile(
        r"^(?:Controls|Specifies|Sets|Returns|Results in|Causes|Enables|Disables|Shows|Prints|Displays|Determines"
        r"|Indicates|Creates|Checks|Contains|Defines|Gives|Allows|Provides|Adds|Removes|Used|Highly|Same as|Like"
        r"|As above|Defaults|Description|Specify|Default|Optional"
        r"|(?:Often|Almost always|Usually|Normally|Typically|Sometimes) (?:an?|the|called|used|known|has|is|are))\b"
    ),
    # What only makes sense with the code or the list after it, which is not quoted.
    promise=re.compile(
        r"^(?:Suppose|Assume|Let us suppose)\b|^To \w+ [^,:]*\.$(?<! is)"
        r"|^There are (?:\d+|two|three|four|five|six|several|many|a few|some|various|different) (?:\w+ ){0,2}"
        r"(?:ways?|options|reasons|things|steps|possibilities|kinds|types|cases|methods|approaches)\b[^,:;]*\.$"
    ),
    order=re.compile(
        r"^(?:(?:First|Firstly|Second|Secondly|Third|Then|Next|Now|Finally|Lastly|After that|Afterwards),? )?"
        r"(?:Please |Always |Never |Do not |Don[’']t |Before \w+ing [^,]{3,60}, )?"
        r"(?:add|adjust|agree|aim|align|answer|apply|arrange|ask|attach|avoid|back up|begin|boil|book|bring|build|call"
        r"|change|check|choose|clean|click|close|collect|compare|complete|confirm|connect|consider|contact|cool|count"
        r"|cover|create|cut|decide|describe|detach|dig|disconnect|discuss|divide|do|drag|drain|draw|dry|eat|encourage"
        r"|enter|establish|explain|fasten|fill|find|fix|focus|fold|follow|gather|get|give|go|hang|heat|hold|identify"
        r"|imagine|include|inform|insert|install|invite|join|keep|learn|leave|lift|limit|list|listen|lock|look|loosen"
        r"|lower|maintain|make|mark|measure|meet|mix|move|name|note down|observe|offer|open|organi[sz]e|pick|plan|plant"
        r"|pour|practi[sc]e|prepare|press|pull|push|put|raise|read|record|reduce|release|remember|remove|replace|report"
        r"|reset|review|rinse|rotate|run|say|schedule|screw|scroll|select|send|set|share|show|shut|sit|sketch|slide"
        r"|sow|speak|spend|stand|start|stay|stir|stop|store|study|switch|take|talk|tap|tell|test|think|tie|tighten"
        r"|track"
        r"|try|turn|type|unlock|unplug|unscrew|update|use|verify|visit|wait|walk|wash|watch|wear|wipe|work|wrap"
        r"|write)\b"
        r"(?!-|\s+(?:no|of|can|will|may|must|should)\b)"
        # "List elements are accessed ..." tells nobody to list anything.
        r"(?!(?:\s+(?!what|how|that|who|which|where|if|whether|when|until|while|you)[\w.’'-]+){0,6}"
        r"\s+(?:is|are|was|were|has|have)\b)",
        re.IGNORECASE,
    ),
    advice=re.compile(
        r"^(?:You should|You must|You need to|Make sure|Be sure to|It is (?:best|wise|important) to)\b"
        r"(?!\s+(?:understand|know|note|reali[sz]e|not|both|be (?:careful|aware|familiar)))"
    ),
    # Nothing that can be done today, or only by who has read what stands before.
    idle=re.compile(
        r"(?i)\bdiscouraged\b|^keep in mind\b|\bexamples?\b|\b(?:this|that|these|those)[.!]$"
        r"|\b(?:from|to|of|in|with|for|at|by|on) (?:that|this)\b|\bthat \w+ too\b"
        r"|^(?:Second|Third|Then|Next|Now|Finally|Lastly|After that|Afterwards)\b"
    ),
    sequence=re.compile(
        r"^(?:First|Firstly|Second|Secondly|Third|Then|Next|Now|Finally|Lastly|After that)\b"
    ),
    fact=re.compile(
        r"(?:The|An?|To|Each|Every|All|Any|It|There|Some|Both|You|\w+(?:ity|ful|ent|ous|ness|ance|ence)|\w{4,}al"
        r"|\w{3,}ing|\w{3,}[^s]s)\b"
    ),
    condition=re.compile(
        r"(?:If|When|Unless|Once|Until|Please|Do|Don|Make|Be|Sometimes|Generally|Usually)\b"
    ),
    defines=re.compile(
        r"^(?P<term>(?:An? |The )?[^\W\d_][\w’'-]*(?: [\w’'-]+){0,3}?) (?P<verb>is|are|means|refers to|consists of)"
        r" (?P<rest>(?:an?(?! bit| little| lot| few)|the|any|one|when|how|what|to|those|all|used)\b.+)$"
    ),
    no_term=re.compile(
        r"(?i)\b(?:such|this|that|it|there|here|what|which|who|one|these|those|they|he|she|we|you|i|if|when|where|how"
        r"|why|goal|problem|reason|result|point|aim|idea|thing|way|first|next|last|other|main|most|same|only|answer"
        r"|question|example|purpose|advantage|difference|rest|best|of|to|in|for|with|and|or|by|on|at|from|as)\b"
    ),
    plural=frozenset({"are"}),
    weighty=re.compile(
        r"\b(?:must|should|never|always|important|essential|key|because|means?|in order to|need to|the reason"
        r"|purpose|the main|helps?|ensures?|allows?)\b",
        re.IGNORECASE,
    ),
    example=re.compile(
        r"\b(?:for example|for instance|such as|e\.g\.|imagine|suppose|consider|say,)", re.IGNORECASE
    ),
    label=re.compile(
        r"^(?:Attention|Caution|Danger|Warning|Important|Note|Notice|Remark|Remember|Tip|Hint|N\.?B\.?)"
        r"(?:[:!.–—-]|\s*(?=\s(?-i:[A-Z])))\s*(?=[A-Z“])"
    ),
    generic=re.compile(
        r"(?i)^(?:rationale|specific options|definitions?|motivation|abstract|preface|foreword|dedication"
        r"|preliminaries|introduction|overview|description|summary|general|notes?|background|details|discussion|basics"
        r"|conclusions?|examples?|caveats|usage|purpose|scope|remarks|tips|options|about|synopsis|results?|methods?"
        r"|limitations|requirements|why|how|what)$"
    ),
)

LANGUAGE = Language(
    code="en",
    quotes=("“", "”"),
    common=frozenset(
        "the of and to in is that for it with as are be this on by you not or an from which have a at was but they"  # noqa: SIM905
        " his her he she we i one all there their has had were will can when who what if more no out up do so into than"
        " them then its over also after any these most such must each your our my may should would could".split()
    ),
    phrases=PHRASES,
    signs=SIGNS,
)
