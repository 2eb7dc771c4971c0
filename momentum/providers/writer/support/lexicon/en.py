"""English."""

from __future__ import annotations

from momentum.providers.writer.support.lexicon.lexicon import Lexicon

LEXICON = Lexicon(
    code="en",
    decimal_comma=False,
    marks={
        "nothing": "not only|no doubt|no matter|whether or not|more or less|not least|if only|at all|all over"
        "|above all|after all|as well as|as well|so as to|used to|according to|due course",
        "not": "not|no|never|none|nor|neither|nobody|nothing|nowhere|no one|no longer|cannot|can not|hardly|refuse to"
        "|fail to|fails to|failed to|unable to|incapable of|free of|free from|lack|lacks|lacked|lacking|avoid|avoids"
        "|avoiding|avoided|stop|stops|stopped|prevent|prevents|prevented|preventing",
        "only": "only|solely|exclusively|merely|just|alone|nothing but|no one but|none but",
        "except": "except for|except|apart from|other than|with the exception of|excluding|but not|aside from"
        "|save for",
        "if": "if|when|whenever|in case|provided that|provided|as long as|so long as|on condition that|once"
        "|as soon as"
        "|in the event of|in the event that|in case of|assuming|where necessary|where needed",
        "unless": "unless|if not|except when|except if",
        "until": "until|till|up until",
        "before": "before|prior to|earlier than|ahead of",
        "after": "after|afterwards|following|later than|subsequent to",
        "because": "because of|because|due to|owing to|as a result of|thanks to|since|on account of|caused by",
        "more": "more|further",
        "less": "less|fewer",
        "as": "as much as|as many as|equal to",
        "all": "all|every|each|always|any|both|whole|entire|everybody|everyone|at all times|in every case|invariably",
        "some": "some|certain|several|a few|in some cases|sometimes|occasionally|at times|now and then|partly"
        "|in part",
        "most": "most|mostly|mainly|largely|the majority of|chiefly|for the most part|predominantly|nearly all"
        "|almost all",
        "few": "few|a minority of|hardly any|very few|almost no",
        "must": "must|have to|has to|need to|needs to|required to|obliged to|is to|are to|it is necessary to"
        "|it is essential to|had to|shall",
        "should": "should|ought to|had better|it is advisable to|is advised to|are advised to|it is best to"
        "|recommended",
        "may": "may|can|could|might|perhaps|possibly|probably|likely|able to|is possible|allowed to"
        "|permitted to|tend to"
        "|tends to|it is possible to|it is possible that|capable of|maybe|seems to|appears to",
        "often": "often|usually|frequently|generally|normally|commonly|typically|as a rule|regularly|in most cases",
        "rarely": "rarely|seldom|scarcely|infrequently",
        "about": "about|approximately|roughly|around|circa|nearly|almost|some way|close to",
        "min": "at least|no less than|no fewer than|not less than|not fewer than|a minimum of|minimum|or more"
        "|upwards of",
        "max": "at most|no more than|not more than|a maximum of|maximum|up to|or less|or fewer|at the most",
        "over": "more than|over|above|exceeding|exceeds|greater than|longer than|higher than",
        "under": "less than|fewer than|under|below|lower than|shorter than",
        "daily": "every day|each day|once a day|once per day|per day|a day|daily|day after day",
        "weekly": "every week|each week|once a week|once per week|per week|a week|weekly",
        "monthly": "every month|each month|once a month|per month|a month|monthly",
        "yearly": "every year|each year|once a year|per year|a year|yearly|annually|annual|per annum",
        "hourly": "every hour|each hour|once an hour|per hour|an hour|hourly",
        "than": "than",
        "from": "from|out of",
        "to": "to|into|towards|toward|onto",
        "by": "by",
        "without": "without",
        "instead": "instead of|rather than|in place of",
    },
    light="the this that these those a an of in on at for with as and or but so then there here it its they"
        " their them he"
    " she his her him we our you your i my be is are was were been being am do does did done have has had having will"
    " would which who whom whose what also too very quite really such same own thus therefore hence while during"
    " within between among through about up down off out over again still already even ever much many other another"
    " get take give let put way thing kind sort type order fact case use used well per via amount quantity"
    " number total time both either it'll itself themselves himself herself actually indeed however called known",
    same="""begin start commence|end finish stop conclude|big large great huge|small little tiny minor|buy purchase
build construct erect|show display indicate reveal demonstrate|help assist aid support|fast quick rapid speedy
important essential vital crucial key significant|gather collect|keep store preserve retain|need require
choose select pick
change alter modify|explain describe|create produce generate yield make|obtain receive acquire|destroy ruin
child kid|doctor physician|illness disease sickness|house home|car automobile|job work task|people person human
mistake error fault|hard difficult tough|easy simple|rich wealthy|wrong incorrect false|right correct true accurate
wet moist damp|country nation state|city town|road street|area region zone|part portion section piece|often frequently
find discover detect locate|happen occur|contain hold include comprise|consist compose|allow permit let enable
forbid prohibit ban|remove eliminate|add append|close shut|speak talk|say state tell|answer reply respond
attempt try|check verify examine inspect test|look see view|connect link join|divide split separate
protect guard shield defend|hurt harm damage injure|kill|die perish|live dwell reside inhabit|eat consume feed
young juvenile|old aged elderly|expensive costly|cheap inexpensive|clever smart intelligent|method technique procedure
result outcome consequence|cause|reason|goal aim purpose objective|rule regulation|law act|company firm business
worker employee|boss employer|student pupil learner|teacher instructor|picture image photo photograph|film movie
sea ocean|wood forest|stone rock|soil earth ground|autumn fall|month|quickly rapidly swiftly|slowly|annual yearly
transport carry convey|send dispatch|return|prepare ready|cook boil|warm heat|cool chill|cover|fix repair mend
replace substitute|reduce lower cut decrease|increase raise grow rise|improve enhance|maintain|last endure
document record file|page|save store|delete erase remove|device machine appliance|tool instrument implement
substance material|liquid fluid|sufficient enough adequate|entire whole complete full|final last|first initial
main principal primary chief|usual normal common ordinary|frequent common|risk danger hazard|safe secure
water irrigate
employ use utilize utilise|founded established|establish found|inquire ask|rest remainder|previous earlier former
hive beehive|colony swarm|enter|leave depart exit|press push click|display screen|turn rotate|attach fasten fix
cereal grain|meal dish|shop store|price cost|pay|money|fee charge|annually|bottom base|top summit peak|border edge
situated located lie stand|move shift|reach attain|surround encircle|cross traverse|measure|weigh|write author compose
invent devise|publish release issue|elect choose|govern rule|win|fight|attack|defeat beat|arrive come|go travel""",
    opposite="""increase rise grow gain raise higher climb / decrease fall drop decline shrink lower lose reduce sink
begin start open / end stop close finish|hot warm heat / cold cool chill|high tall / low|big large / small little
long / short|early / late|old / young new|fast quick / slow|strong / weak|light / dark heavy|wet moist damp / dry
open / close shut|full / empty|good well better best / bad ill worse worst poor
right correct true / wrong false incorrect
safe / dangerous unsafe|easy simple / hard difficult|rich / poor|cheap / expensive|thick / thin|wide broad / narrow
deep / shallow|hard / soft|rough / smooth|sharp / blunt|clean / dirty|alive live / dead die
allow permit / forbid prohibit ban prevent
accept / reject refuse|add / remove subtract|win / lose|love like / hate dislike|buy / sell|give / take receive
send / receive|push / pull|enter / leave exit|arrive / depart leave|import / export|inside indoors / outside outdoors
above over / below under|left / right|north northern / south southern|east eastern / west western|first / last
maximum most / minimum least|male man / female woman|day / night|morning / evening|summer / winter|spring / autumn
success succeed / failure fail|positive / negative|public / private|always / never|all / none|remember / forget
create build / destroy|attack / defend|expand / contract|attract / repel|front / back rear|top / bottom|upper / lower
more / less fewer|many / few|connect / disconnect|lock / unlock|activate / deactivate|enable / disable
present / absent|ancient / modern
sweet / bitter sour|acid acidic / alkaline|liquid / solid|encourage / discourage|include / exclude|borrow / lend
question / answer|cause / prevent|major / minor|plus / minus|upload / download|import / export|on / off
help / harm hinder|improve / worsen|save / waste spend|near close / far|visible / invisible|rare / common frequent
before / after|sunrise / sunset|fresh / stale rotten|guilty / innocent|teacher / student|parent / child|ask / answer
raw / cooked|ripe / unripe|loose / tight|same / different|similar / different|single / multiple several|up / down
with / without|wild / domestic|active / passive|optional / mandatory compulsory|voluntary / compulsory|free / paid""",
    numbers={
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
        "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
        "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
        "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12, "half": 0.5, "quarter": 0.25, "twice": 2,
        "double": 2, "triple": 3, "couple": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
        "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "first": 1,
    },
    articles="a an",
    months="january february march april may june july august september october november december monday tuesday"
    " wednesday thursday friday saturday sunday",
    negating=("un", "in", "im", "il", "ir", "dis", "non", "non-"),
    lacking=(("less", "ful"), ("less", "")),
    passive="is are was were be been being gets get",
    participle=r"ed|en|wn|ght|pt|nt|ld|de|ne|ng|ft|lt|ut|nk|rn|st|id",
    places="in on at of for with within between among through during across along beside inside outside near",
    linking="be have become do",
    splits="but whereas while and",
    leaning="it they them this these that those he she its their",
    units={
        "metre meter metres meters": "m", "kilometre kilometer kilometres kilometers": "km",
        "centimetre centimeter centimetres centimeters": "cm", "millimetre millimeter millimetres millimeters": "mm",
        "mile miles": "mi", "inch inches": "in", "foot feet": "ft", "yard yards": "yd",
        "gram grams gramme grammes": "g",
        "kilogram kilograms kilo kilos": "kg", "milligram milligrams": "mg", "tonne tonnes ton tons": "t",
        "pound pounds lb lbs": "lb", "ounce ounces": "oz", "litre liter litres liters": "l",
        "millilitre milliliter millilitres milliliters": "ml", "second seconds sec": "s", "minute minutes": "min",
        "hour hours": "h", "day days": "d", "week weeks": "wk", "month months": "mo", "year years": "yr",
        "decade decades": "dec", "century centuries": "cent", "percent": "%", "per cent": "%",
        "degrees celsius": "°C",
        "degrees fahrenheit": "°F", "degrees": "°", "degree": "°", "euro euros": "€", "dollar dollars": "$",
        "hectare hectares": "ha", "square metres": "m²", "square kilometres": "km²", "watt watts": "W",
        "kilowatt kilowatts": "kW", "volt volts": "V", "byte bytes": "B", "kilobyte kilobytes": "kB",
        "megabyte megabytes": "MB", "gigabyte gigabytes": "GB",
    },
)  # fmt: skip
