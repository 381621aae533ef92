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
NOTES = (
    "We met at hers and had tea. She wanted to talk about the flat and the letters she has had."
    " I rang the housing officer with her; they will ring back on Thursday.",
    "Walked by the river. She spoke about her little one's birthday and cried a while. She would"
    " like to write a card for the letterbox; we will do it together next week.",
    "Went with her to the GP. She asked for the counselling list herself and is on it now.",
    "Short visit, she was tired. We agreed to keep it light this week. She is sleeping better.",
    "Talked through the court letter line by line. She wants the advocate to come along.",
    "Phone call from the car. All well, the debt adviser has written. She sounded brighter.",
    "We filled in the form for the college course. She is nervous and pleased.",
    "She showed me the memory box she has begun. We looked for photographs to print.",
    "Her partner was there. They both came along to look at the cot they were given.",
    "She told me what a good day looks like. I wrote it down as she said it.",
)
GOALS = (
    ("a place of my own with a door that locks", "practical"),
    ("to write to my children and have them know I did", "children"),
    ("to sleep the night through", "health"),
    ("to pay off the catalogue", "practical"),
    ("to finish something I started, like the course", "activity"),
    ("to say what I think in a meeting and be heard", "court"),
    ("to talk to somebody about losing her", "therapeutic"),
    ("to get out of the house on Wednesdays", "activity"),
)
STEPS = (
    "Ring the housing officer about the move",
    "Write the letterbox card together",
    "Ask the GP for the counselling list",
    "Take the forms to the college",
    "Go with her to the solicitor",
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
