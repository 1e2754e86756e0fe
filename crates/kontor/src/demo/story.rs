//! The story of the demo company: the accounts worth talking about, and their numbers, at a glance.
//!
//! `pace` is what an account buys in a year when its course is at 100 %, in euros (Swiss accounts: in francs). Goods cost about 58 % of their
//! list price, so a discount of 42 % leaves nothing and one of 46 % loses money.

use super::course::Course;

/// What is to be found in an account's figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tale {
    /// Brings a third of all revenue: losing it would be the end.
    Dependence,
    /// Large, and every sale loses money.
    LossMaker,
    /// Grows fast and is not yet a key account.
    FastGrower,
    /// Orders fall, and one product group has been silent for eleven weeks.
    Leaving,
    /// Came a few months ago and orders much at once.
    Newcomer,
    /// Was away for more than a year and is back.
    Returner,
    /// Sends much of it back.
    CreditNotes,
    /// Buys before the harvest, hardly ever else.
    Seasonal,
    /// Orders several times a day, never much: cheap to sell to by margin, dear by effort.
    SmallOrders,
    /// Buys the same every month; others in the trade ask what it uses.
    OpinionLeader,
}

/// An account with a story.
#[derive(Clone, Copy, Debug)]
pub struct Story {
    /// Its customer number.
    pub number: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its city, one of the listed places.
    pub city: &'static str,
    /// Its industry.
    pub industry: &'static str,
    /// What is to be found.
    pub tale: Tale,
    pub(super) pace: i64,
    pub(super) discount_percent: i64,
    /// Net amount of an average line.
    pub(super) line: i64,
    pub(super) lines_per_invoice: u32,
    /// Credit notes for a thousand invoices.
    pub(super) credits: u32,
    pub(super) course: Course,
}

/// Sugar beets are lifted from September on; what must turn then is bought in summer.
const BEFORE_THE_BEETS: [u16; 12] = [20, 20, 30, 40, 80, 190, 290, 270, 140, 60, 40, 20];

/// The ten accounts with a story.
#[rustfmt::skip]
pub const STORIES: [Story; 10] = {
    use Course::{Growing, Leaving, NewSince, Returned, Seasonal};
    const fn story(
        [number, name, city, industry]: [&'static str; 4], tale: Tale,
        [pace, discount_percent, line]: [i64; 3], [lines_per_invoice, credits]: [u32; 2], course: Course,
    ) -> Story {
        Story { number, name, city, industry, tale, pace, discount_percent, line, lines_per_invoice, credits, course }
    }
    [
        //       number   name                                      city            industry                tale                      pace  discount   line   lines, credits  course
        story(["10472", "Nordwerk Logistik GmbH",                   "Bremen",       "Intralogistik"],        Tale::Dependence,   [14_400_000, 30, 7_500], [ 9,  12], Growing(3)),
        story(["10118", "Tauernkamm Fördertechnik GmbH",            "Salzburg",     "Fördertechnik"],        Tale::LossMaker,     [2_600_000, 46, 3_500], [ 7,  15], Growing(6)),
        story(["10655", "Söhnke & Cie. KG",                         "Kiel",         "Maschinenbau"],         Tale::FastGrower,    [1_500_000, 12, 1_700], [ 6,  10], Growing(42)),
        story(["10203", "Velmerstede Anlagenbau GmbH",              "Hannover",     "Maschinenbau"],         Tale::Leaving,       [1_300_000, 18, 1_600], [ 3,  20], Leaving),
        story(["11290", "Lumevolt Zellfertigung GmbH",              "Braunschweig", "Automobilzulieferer"],  Tale::Newcomer,        [950_000, 15, 1_900], [ 6,   5], NewSince(5)),
        story(["10067", "Grothenfels Papier AG",                    "Aachen",       "Papier und Druck"],     Tale::Returner,        [700_000, 20, 1_400], [ 5,  10], Returned { left: 20, back: 4 }),
        story(["10731", "Paketron Versandtechnik GmbH",             "Kassel",       "Verpackung"],           Tale::CreditNotes,     [900_000, 22,   950], [ 4, 260], Growing(2)),
        story(["10344", "Zuckerfabrik Altmarsch GmbH & Co. KG",     "Magdeburg",    "Lebensmittel"],         Tale::Seasonal,        [620_000, 16, 1_500], [ 6,  10], Seasonal(BEFORE_THE_BEETS)),
        story(["10888", "Dierkmann Industriebedarf e.K.",           "Osnabrück",    "Technischer Handel"],   Tale::SmallOrders,     [260_000, 24,   130], [ 2,  25], Growing(1)),
        story(["10025", "Elbhafen Maschinenbau GmbH",               "Hamburg",      "Maschinenbau"],         Tale::OpinionLeader, [1_900_000, 14, 1_700], [ 8,   5], Growing(3)),
    ]
};

/// The product group that the leaving account has not bought for [`SILENT_DAYS`].
pub const SILENT_GROUP: &str = "Lagertechnik";
/// Eleven weeks.
pub const SILENT_DAYS: u64 = 77;

/// An account of a corporate group.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its customer number.
    pub number: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its city, one of the listed places.
    pub city: &'static str,
    /// Its industry.
    pub industry: &'static str,
    pub(super) pace: i64,
    pub(super) discount_percent: i64,
    /// Growth in percent a year.
    pub(super) growth: i32,
}

/// A corporate group; who holds whom stands in [`super::groups`].
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Its name.
    pub name: &'static str,
    /// The number of a member that has a story and stands there.
    pub with_story: Option<&'static str>,
    /// The other members.
    pub members: &'static [Member],
}

const fn member(
    number: &'static str,
    name: &'static str,
    city: &'static str,
    industry: &'static str,
    [pace, discount_percent]: [i64; 2],
    growth: i32,
) -> Member {
    Member { number, name, city, industry, pace, discount_percent, growth }
}

/// The five corporate groups. Two members and one loss-making account of the table above are large by revenue and lose money.
#[rustfmt::skip]
pub const GROUPS: [Group; 5] = [
    Group { name: "Nordwerk Gruppe", with_story: Some("10472"), members: &[
        member("10473", "Nordwerk Antriebe AG",                 "Kassel",             "Maschinenbau",          [900_000, 24],   5),
        member("10480", "Nordwerk Hafenumschlag GmbH",          "Wilhelmshaven",      "Hafen und Schiffbau",   [420_000, 20],  -4),
        member("10941", "Nordwerk Service GmbH",                "Bremerhaven",        "Intralogistik",         [110_000, 15],   8),
    ] },
    Group { name: "Bergdorn Gruppe", with_story: None, members: &[
        member("10152", "Bergdorn Verpackung GmbH",             "Osnabrück",          "Verpackung",            [780_000, 41],   2),
        member("10153", "Bergdorn Folien GmbH & Co. KG",        "Gütersloh",          "Verpackung",            [350_000, 22],   6),
        member("10560", "Bergdorn Maschinen GmbH",              "Lippstadt",          "Maschinenbau",          [160_000, 18],  -9),
        member("10802", "Bergdorn Packaging B.V.",              "Enschede",           "Verpackung",            [210_000, 20],  11),
        member("11034", "Bergdorn Opakowania Sp. z o.o.",       "Opole",              "Verpackung",             [95_000, 16],  24),
    ] },
    Group { name: "Quellstein Gruppe", with_story: None, members: &[
        member("10239", "Quellstein Molkereien eG",             "Oldenburg",          "Lebensmittel",          [690_000, 19],   4),
        member("10611", "Quellstein Getränke GmbH",             "Paderborn",          "Lebensmittel",          [330_000, 21],   7),
        member("10967", "Quellstein Tiefkühl GmbH",             "Cuxhaven",           "Lebensmittel",          [240_000, 17],  -6),
    ] },
    Group { name: "Hohenrath Gruppe", with_story: None, members: &[
        member("10091", "Hohenrath Stahlwerke AG",              "Duisburg",           "Stahl und Metall",    [1_150_000, 47],  -3),
        member("10092", "Hohenrath Rohr GmbH",                  "Gelsenkirchen",      "Stahl und Metall",      [260_000, 25],   1),
        member("10720", "Hohenrath Austria GmbH",               "Linz",               "Stahl und Metall",      [190_000, 20],   5),
        member("11102", "Hohenrath Instandhaltung GmbH",        "Oberhausen",         "Stahl und Metall",       [70_000, 12],   9),
    ] },
    Group { name: "Varnholt Gruppe", with_story: None, members: &[
        member("10310", "Varnholt Automotive GmbH",             "Wolfsburg",          "Automobilzulieferer",   [980_000, 46],   2),
        member("10311", "Varnholt Kunststofftechnik GmbH",      "Ingolstadt",         "Chemie und Kunststoff", [420_000, 23],   4),
        member("10677", "Varnholt Morava s.r.o.",               "Brno",               "Automobilzulieferer",   [360_000, 26],  13),
        member("10678", "Varnholt Polska Sp. z o.o.",           "Gliwice",            "Automobilzulieferer",   [300_000, 26],   9),
        member("10845", "Varnholt Schweiz AG",                  "Winterthur",         "Automobilzulieferer",   [240_000, 18],   3),
        member("11187", "Varnholt Werkslogistik GmbH",          "Emden",              "Intralogistik",          [60_000, 15], -12),
    ] },
];

/// The second Swiss account beside Varnholt Schweiz AG; both are invoiced in francs.
pub(super) const SWISS: Member = member("10598", "Rütimatt Fördertechnik AG", "Zürich", "Fördertechnik", [180_000, 15], 6);

/// All accounts there are, with and without a story.
pub(super) const ACCOUNTS: usize = 400;
/// What the accounts without a name in this table buy in a year, in euros.
pub(super) const OTHERS_PACE: i64 = 12_300_000;
