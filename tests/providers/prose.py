"""Words for the PDFs that the tests make: a small handbook of keeping bees, in eight chapters."""

from itertools import cycle

CHAPTERS: dict[str, list[str]] = {
    "Choosing a Place": [
        (
            "A hive does best where the morning sun reaches the entrance early in the day. Bees that are warmed at "
            "dawn begin to fly sooner, and the colony gathers more in a short season. Shelter from the wind matters "
            "just as much, because cold draughts make the cluster eat its stores. A hedge on the north side is "
            "usually enough, provided that it does not drip on the roof."
        ),
        (
            "Water must be close to the apiary throughout the summer. A shallow tray with stones gives the foragers "
            "a dry place to stand while they drink. Neighbours will complain about visitors at their ponds unless "
            "water is offered early in spring. Keep the tray full from the first warm day, for bees remember a "
            "source once they have found it."
        ),
        (
            "Firm ground saves the beekeeper a good deal of trouble. Heavy hives sink into soft soil and lean after "
            "a wet winter. Paving slabs under the stand cost little and keep the floor level for years."
        ),
    ],
    "Meeting the Colony": [
        (
            "A colony is a family of one queen, several hundred drones and many thousands of workers. The queen is "
            "the only fertile female in the hive, and she may lay two thousand eggs on a day in June. Drones are "
            "the males of the colony, and their single task is to mate with young queens from other hives. Workers "
            "do everything else, from cleaning cells to guarding the entrance."
        ),
        (
            "Each worker passes through a series of trades as she grows older. Young workers clean cells and feed "
            "the larvae with food from glands in their heads. Older workers build comb, ripen nectar and finally "
            "leave the hive to forage. A forager in high summer lives for about six weeks and wears out her wings."
        ),
        (
            "Scent holds the family together better than any wall. Queen substance is a mixture of scents that tells "
            "the workers their queen is present and well. When the scent fades, the workers raise a new queen "
            "within hours."
        ),
    ],
    "Tools and Clothing": [
        (
            "A smoker is a small bellows with a fire pot that calms the bees before the hive is opened. Cool white "
            "smoke makes the workers fill themselves with honey, and full bees rarely sting. Dry grass, cardboard "
            "and rotten wood all burn slowly enough to last for an inspection. Light the smoker before you put on "
            "your gloves, and test it with a few slow puffs."
        ),
        (
            "A hive tool is a flat steel lever for parting boxes that the bees have glued together. Paint the handle "
            "in a bright colour, since a lost tool in long grass costs more than patience. Many keepers own two "
            "tools and wash one while they use the other."
        ),
        (
            "Clothing should be light in colour and closed at the wrists. Dark wool reminds guard bees of a bear, "
            "and they will attack it first. Thin gloves let your fingers feel a bee before they crush her, which "
            "keeps the whole colony quiet."
        ),
    ],
    "Opening the Hive": [
        (
            "Inspections work best on a warm afternoon when most of the foragers are away. Stand behind the hive so "
            "that you never block the flight path in front. Give two puffs of smoke at the entrance and wait for a "
            "full minute. Slow hands are worth more than thick gloves during the whole inspection."
        ),
        (
            "Every inspection answers the same five questions about the colony. Look for eggs first, because eggs "
            "prove that the queen was present three days ago. Count the frames of brood and compare the number with "
            "your last visit. Check that there is room for more brood and enough food for a week of rain. Search "
            "the lower edges of the comb for queen cells before you close the hive."
        ),
        (
            "Records turn single visits into knowledge about a colony. Write down the date, the weather and the "
            "number of brood frames while you still stand beside the hive. A card under the roof is safer than a "
            "notebook that stays at home."
        ),
    ],
    "Preventing Swarms": [
        (
            "Swarming is the way in which a colony divides and makes a second colony. Half of the workers leave with "
            "the old queen on a fine day in May or June. Crowded brood nests, old queens and a lack of space all "
            "make swarming more likely. A colony that has built sealed queen cells will usually leave at the next "
            "spell of good weather."
        ),
        (
            "Space given early prevents more swarms than any later treatment. Add a second box before the first one "
            "is three quarters full. Replace old dark combs in spring so that the queen has clean cells to lay in."
        ),
        (
            "An artificial swarm is a division made by the beekeeper before the bees divide themselves. Move the "
            "old queen with one frame of brood to a new box on the old stand. Flying bees return to the queen, and "
            "the nurse bees stay behind with the queen cells."
        ),
    ],
    "Harvesting Honey": [
        (
            "Ripe honey contains less than eighteen per cent of water and keeps for years in a closed jar. Bees seal "
            "a cell with white wax when the honey in it is ripe. Shake an unsealed frame sharply, and leave it in "
            "the hive if any nectar falls out. Honey taken too early will ferment before winter."
        ),
        (
            "Clearing the bees from a box of honey takes a day and a simple board. A clearer board is a one-way door "
            "that lets workers leave the honey box but not return. Put the board on in the evening and lift the "
            "empty box off the next afternoon. Cover every frame at once, because a single robber brings hundreds."
        ),
        (
            "Extraction needs a warm room with tight windows. Uncap the cells with a hot knife, spin the frames and "
            "let the honey stand for two days in a covered tank. Air bubbles and scraps of wax rise to the top and "
            "can be skimmed away with a spoon."
        ),
    ],
    "Feeding and Winter": [
        (
            "A full colony needs about fifteen kilograms of stores to live through a northern winter. Weigh the hive "
            "in September with a simple luggage scale on each side. Feed heavy syrup while the evenings are still "
            "warm, for bees cannot dry syrup in the cold. Stop feeding when the cluster no longer takes the syrup "
            "within three days."
        ),
        (
            "The winter cluster is a ball of workers that shiver to keep the queen warm in the middle. Damp kills "
            "more colonies than frost does, so air must be able to rise and leave the hive. Tilt the floor forward "
            "slightly and narrow the entrance against mice. Do not open the hive again until the first mild day of "
            "the new year."
        ),
        (
            "Late winter is the hungriest time of the year for a strong colony. Lift the hive gently at the back in "
            "February to judge its weight. Lay a block of soft sugar straight above the cluster if the hive feels "
            "light."
        ),
    ],
    "Keeping Bees Healthy": [
        (
            "Varroa is a red mite that feeds on larvae and carries viruses from bee to bee. Every colony in a region "
            "has the mite, and an untreated colony dies within three years. Count the mites that fall on a white "
            "board during three days in July. Treat the colony after the harvest when more than ten mites fall in "
            "a day."
        ),
        (
            "Foul brood is a disease of larvae that must be reported to the authorities. Healthy brood is pearly "
            "white, and its cappings are slightly raised. Sunken, dark or greasy cappings call for a closer look "
            "with a matchstick. Never exchange combs with another apiary while a cell looks doubtful."
        ),
        (
            "Clean habits protect bees better than any medicine. Scrub the hive tool in washing soda between two "
            "apiaries. Melt down a third of the combs every year, for spores and poisons collect in old wax."
        ),
    ],
}

LISTS: dict[str, tuple[str, list[str], bool]] = {
    "Tools and Clothing": (
        "Pack these things before every visit to the apiary:",
        [
            "a smoker with dry fuel and matches",
            "a hive tool in a bright colour",
            "a veil without any holes",
            "a card and a soft pencil",
        ],
        False,
    ),
    "Harvesting Honey": (
        "Bottle the honey in this order:",
        [
            "Warm the tank to the heat of a summer day.",
            "Strain the honey through a fine cloth.",
            "Fill the jars slowly to the brim.",
            "Close the lids while the room is dry.",
        ],
        True,
    ),
}

_PARTS = [
    "garden",
    "kitchen",
    "harbour",
    "library",
    "workshop",
    "railway",
    "theatre",
    "orchard",
    "museum",
    "clinic",
]
_THINGS = [
    "records",
    "doors",
    "lamps",
    "guests",
    "repairs",
    "seasons",
    "letters",
    "budgets",
    "stores",
    "roofs",
]
_WHO = [
    "keeper",
    "steward",
    "warden",
    "manager",
    "porter",
    "curator",
    "foreman",
    "nurse",
    "captain",
    "planner",
]
_WHEN = [
    "every morning",
    "after the first frost",
    "once a month",
    "before the doors open",
    "at the end of a shift",
]
_WHY = [
    "small faults grow",
    "visitors notice neglect",
    "order saves money",
    "memory fails",
    "habits outlast plans",
]


def endless(number: int) -> list[str]:
    """Three paragraphs about something else for every number; no two sentences are the same."""
    part, thing = _PARTS[number % 10], _THINGS[number // 10 % 10]
    who, when, why = cycle(_WHO), cycle(_WHEN), cycle(_WHY)
    for _ in range(number % 7):
        next(who), next(when), next(why)
    paragraphs = []
    for paragraph in range(3):
        label = f"{number}{'abc'[paragraph]}"
        paragraphs.append(
            f"The {next(who)} of {part} house {label} checks the {thing} {next(when)}, because {next(why)}. "
            f"Visitors to {part} house {label} rarely see the {thing}, yet they feel the care of the {next(who)}. "
            f"Good {thing} in a {part} begin with rule {label}, which the {next(who)} reads aloud {next(when)}. "
            f"Keep the list of rule {label} beside the {part} door and mark the {thing} {next(when)}."
        )
    return paragraphs
