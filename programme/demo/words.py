"""The invented words of the demonstration. Every family name begins with Demo-."""

MOTHERS = (
    "Abi Bea Cara Della Efa Fern Gita Hana Iris Jodie Kaya Lena Mari Nell Oona Petra Rosa Sian"
    " Tara Una Vita Wren Yasmin Zara Alys Bronwen Carys Dilys Elin Ffion"
).split()
FATHERS = (
    "Aled Bryn Callum Dylan Emrys Finn Gareth Hywel Idris Jac Kofi Liam Macsen Niall Osian Perry"
    " Rhys Sion Tomos Wil Yusuf Zac Adil Bilal Conor"
).split()
CHILDREN = (
    "Ash Bay Cai Dot Ember Fox Gem Haf Ivy Jay Kit Lark Moss Nia Oak Pip Ren Sky Tan Wyn".split()
)
FAMILIES = (
    "Alder Ash Aspen Birch Bramble Briar Cedar Clover Elder Elm Fern Hazel Heather Holly Ivy"
    " Juniper Larch Laurel Linden Maple Myrtle Oak Olive Poplar Rowan Sage Sorrel Thorn Willow Yew"
).split()
# True of mothers and fathers alike.
MET = (
    "Tea and a long talk about the flat and the letters that have come. We rang the housing officer"
    " together; they will ring back on Thursday.",
    "Walked by the river. A little one's birthday is near, and there were tears. Next week we will"
    " write a card for the letterbox together.",
    "Went along to the GP, who has put the name down for the counselling list.",
    "A short meeting after a bad night. We agreed to keep it light this week. Sleep is better.",
    "Went through the court letter line by line. The advocate is to come along.",
    "We filled in the form for the college course. Nervous and pleased.",
    "Looked at the memory box that is begun, and for photographs to print.",
    "The partner came too. We looked at the cot they were given.",
    "Heard what a good day looks like, and wrote it down in the same words.",
)
SPOKE = (
    "All well, the debt adviser has written. Sounded brighter.",
    "Thursday still suits. We will meet at the door, as last time.",
    "The appointment went better than feared. Wanted to tell somebody at once.",
    "A hard letter came from school. We went through it together, sentence by sentence.",
    "Gave the time and the bus for next week.",
)
GOALS = (
    ("a place of my own with a door that locks", "practical"),
    ("to write to my children and have them know I did", "children"),
    ("to sleep the night through", "health"),
    ("to pay off the catalogue", "practical"),
    ("to finish something I started, like the course", "activity"),
    ("to say what I think in a meeting and be heard", "court"),
    ("to talk to somebody about losing my little one", "therapeutic"),
    ("to get out of the house on Wednesdays", "activity"),
)
STEPS = (
    "Ring the housing officer about the move",
    "Write the letterbox card together",
    "Ask the GP for the counselling list",
    "Take the forms to the college",
    "Go along to the solicitor",
    "Find out about the Wednesday group",
)
HELP = (
    ("practical", "housing", "Housing advice"),
    ("practical", "debt and benefits", "Money advice"),
    ("therapeutic", "counselling", "Counselling service"),
    ("therapeutic", "loss and grief", "Grief service"),
    ("children", "letterbox contact", "Adoption support"),
    ("health", "GP registration", "GP practice"),
    ("activity", "Wednesday group", "Community centre"),
)
SAFE_TIMES = ("after 10 in the morning", "weekdays 10 to 3", "any time, text first", "not weekends")
PHRASES = ("it's the centre", "it's Sam from the college", "calling about the course")
PASSED_TO = ("Family Help", "Early Help hub", "the 0 to 19 team")
