//! What the demo company sells.

use kontor_ledger::generate::random::Random;

/// Articles of one kind in several sizes; price rises evenly with size.
struct Family {
    group: usize,
    /// Its size stands where the braces are, else at the end.
    name: &'static str,
    sizes: &'static [&'static str],
    /// List prices of the smallest and the largest in cents.
    prices: [i64; 2],
    /// Cost of goods in thousandths of the list price; `None` where the ERP knows none.
    cost_per_mille: Option<i64>,
}

impl Family {
    fn called(&self, size: usize) -> String {
        let size = self.sizes[size];
        if self.name.contains("{}") { self.name.replace("{}", size) } else { format!("{} {size}", self.name) }
    }
}

/// The product groups. The last has no cost of goods: hours of our own people.
pub(super) const GROUPS: [&str; 13] = [
    "Ketten",
    "Wälzlager",
    "Riemen",
    "Getriebemotoren",
    "Motoren und Umrichter",
    "Kupplungen",
    "Fördertechnik",
    "Lagertechnik",
    "Lineartechnik",
    "Sensorik und Steuerung",
    "Schmierstoffe",
    "Hebezeuge",
    "Dienstleistung",
];

/// The groups with articles for a few euros.
pub(super) const SMALL_GOODS: [usize; 7] = [0, 1, 2, 5, 6, 9, 10];

/// The group of our own people's hours.
pub(super) const SERVICE: usize = GROUPS.len() - 1;

#[rustfmt::skip]
const FAMILIES: [Family; 42] = {
    const CHAIN: &[&str] = &["06 B-1", "08 B-1", "10 B-1", "12 B-1", "16 B-1", "20 B-1", "24 B-1", "08 B-2", "10 B-2", "12 B-2", "16 B-2", "20 B-2", "24 B-2"];
    const INCHES: &[&str] = &["3/8\" x 7/32\"", "1/2\" x 5/16\"", "5/8\" x 3/8\"", "3/4\" x 7/16\"", "1\" x 17,02 mm"];
    const TEETH: &[&str] = &["15 Zähne", "17 Zähne", "19 Zähne", "21 Zähne", "23 Zähne", "25 Zähne", "30 Zähne", "38 Zähne", "57 Zähne", "76 Zähne"];
    const BORE: &[&str] = &["04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "18", "20"];
    const SHAFT: &[&str] = &["20 mm", "25 mm", "30 mm", "35 mm", "40 mm", "45 mm", "50 mm", "60 mm", "70 mm", "80 mm"];
    const LENGTH: &[&str] = &["800 mm", "1000 mm", "1250 mm", "1600 mm", "2000 mm", "2500 mm", "3150 mm", "4000 mm"];
    const POWER: &[&str] = &["0,37 kW", "0,55 kW", "0,75 kW", "1,1 kW", "1,5 kW", "2,2 kW", "3 kW", "4 kW", "5,5 kW", "7,5 kW", "11 kW", "15 kW", "22 kW", "30 kW"];
    const SIZE: &[&str] = &["Gr. 14", "Gr. 19", "Gr. 24", "Gr. 28", "Gr. 38", "Gr. 42", "Gr. 48", "Gr. 55", "Gr. 65", "Gr. 75"];
    const ROLLER: &[&str] = &["50 x 400", "50 x 500", "50 x 600", "60 x 600", "60 x 800", "80 x 800", "89 x 1000", "108 x 1200"];
    const WIDTH: &[&str] = &["400 mm", "500 mm", "650 mm", "800 mm", "1000 mm", "1200 mm"];
    const BAY: &[&str] = &["1800 mm", "2225 mm", "2700 mm", "3300 mm", "3600 mm", "3900 mm"];
    const RANGE: &[&str] = &["2 mm", "4 mm", "8 mm", "15 mm", "25 mm", "40 mm"];
    const PACK: &[&str] = &["400 g", "1 kg", "5 kg", "18 kg", "50 kg", "180 kg"];
    const LOAD: &[&str] = &["125 kg", "250 kg", "500 kg", "1000 kg", "2000 kg", "3200 kg", "5000 kg"];
    const fn family(group: usize, name: &'static str, sizes: &'static [&'static str], prices: [i64; 2], cost_per_mille: i64) -> Family {
        Family { group, name, sizes, prices, cost_per_mille: Some(cost_per_mille) }
    }
    [
        family(0, "Rollenkette DIN 8187", CHAIN, [1_180, 21_400], 560),
        family(0, "Rollenkette rostfrei", INCHES, [4_900, 26_500], 575),
        family(0, "Kettenrad", TEETH, [690, 13_800], 540),
        family(0, "Verschlussglied Nr. 26", CHAIN, [75, 1_450], 520),
        family(0, "Kettenspanner", SHAFT, [3_400, 15_900], 590),
        family(1, "Rillenkugellager 62{}-2RS", BORE, [310, 8_900], 600),
        family(1, "Pendelrollenlager 222{}", BORE, [3_950, 61_000], 610),
        family(1, "Kegelrollenlager 302{}", BORE, [1_150, 14_700], 600),
        family(1, "Stehlagergehäuse SN 5{}", BORE, [2_800, 33_000], 570),
        family(1, "Flanschlager UCF 2{}", BORE, [1_290, 16_800], 565),
        family(2, "Zahnriemen 8M-30, {}", LENGTH, [2_150, 11_300], 555),
        family(2, "Zahnriemen 14M-55, {}", LENGTH, [6_900, 38_000], 560),
        family(2, "Schmalkeilriemen SPB", LENGTH, [890, 4_700], 550),
        family(2, "Keilriemenscheibe SPB-3,", SHAFT, [2_990, 24_500], 545),
        family(3, "Stirnradgetriebemotor", POWER, [41_500, 585_000], 590),
        family(3, "Kegelradgetriebemotor", POWER, [58_900, 790_000], 595),
        family(3, "Schneckengetriebemotor", POWER, [31_800, 395_000], 580),
        family(3, "Aufsteckgetriebe", SHAFT, [28_700, 310_000], 585),
        family(4, "Drehstrommotor IE3", POWER, [16_900, 299_000], 600),
        family(4, "Frequenzumrichter", POWER, [24_900, 348_000], 595),
        family(4, "Softstarter", POWER, [13_900, 142_000], 590),
        family(5, "Elastische Klauenkupplung", SIZE, [2_450, 47_900], 555),
        family(5, "Zahnkranz 98 Shore,", SIZE, [490, 9_800], 530),
        family(5, "Spannsatz", SHAFT, [1_980, 18_600], 550),
        family(5, "Rutschnabe", SHAFT, [9_900, 88_000], 575),
        family(6, "Tragrolle", ROLLER, [1_450, 9_900], 570),
        family(6, "Antriebsrolle 48 V", ROLLER, [18_900, 61_000], 590),
        family(6, "Gummigurt EP 400/3, {}, je m", WIDTH, [4_800, 19_500], 585),
        family(6, "Modulband {}, je m", WIDTH, [16_500, 58_000], 580),
        family(6, "Rollenbahnmodul 3 m,", WIDTH, [69_000, 248_000], 590),
        family(7, "Palettenregal-Traverse", BAY, [3_900, 11_800], 575),
        family(7, "Palettenregal-Rahmen", BAY, [11_900, 36_500], 575),
        family(7, "Durchlaufkanal", BAY, [29_000, 94_000], 590),
        family(7, "Anfahrschutz", WIDTH, [2_900, 14_800], 540),
        family(8, "Profilschienenführung", LENGTH, [8_900, 68_000], 585),
        family(8, "Kugelgewindetrieb", LENGTH, [24_500, 189_000], 590),
        family(9, "Induktiver Näherungsschalter", RANGE, [2_400, 9_900], 560),
        family(9, "Lichtschranke", RANGE, [6_900, 24_800], 570),
        family(10, "Kettenöl", PACK, [990, 148_000], 545),
        family(10, "Mehrzweckfett EP 2", PACK, [590, 119_000], 540),
        family(11, "Elektrokettenzug", LOAD, [78_000, 469_000], 600),
        Family { group: SERVICE, name: "Montage und Inbetriebnahme, {} je Stunde", sizes: &["Monteur", "Meister", "Ingenieur"], prices: [8_400, 13_900], cost_per_mille: None },
    ]
};

/// One article.
#[derive(Clone, Debug)]
pub(super) struct Article {
    /// Article number: family and size.
    pub(super) number: String,
    /// What it is called.
    pub(super) name: String,
    /// Its product group, an index into [`GROUPS`].
    pub(super) group: usize,
    /// List price of one unit in the first year, in cents.
    pub(super) price_cents: i64,
    /// Cost of goods of one unit in the first year, in cents.
    pub(super) cost_cents: Option<i64>,
}

/// All articles by product group.
pub(super) struct Range {
    groups: Vec<Vec<Article>>,
}

impl Range {
    pub(super) fn new() -> Range {
        let mut groups = vec![Vec::new(); GROUPS.len()];
        for (n, family) in FAMILIES.iter().enumerate() {
            groups[family.group].extend((0..family.sizes.len()).map(|size| article(n, family, size)));
        }
        Range { groups }
    }

    /// An article of the group that fits an amount: of a few drawn, the first of which one to a few hundred units cost about so much, else the
    /// cheapest.
    pub(super) fn fitting(&self, group: usize, amount_cents: i64, random: &mut Random) -> &Article {
        let drawn: Vec<&Article> = (0..8).map(|_| random.pick(&self.groups[group])).collect();
        let fits = |article: &&&Article| (1..=300).contains(&(amount_cents / article.price_cents));
        drawn
            .iter()
            .find(fits)
            .or_else(|| drawn.iter().min_by_key(|article| article.price_cents))
            .copied()
            .unwrap_or(&self.groups[group][0])
    }
}

fn article(n: usize, family: &Family, size: usize) -> Article {
    let [low, high] = family.prices;
    let steps = (family.sizes.len() - 1).max(1) as i64;
    let price_cents = low + (high - low) * size as i64 / steps;
    Article {
        number: format!("{:02}-{:02}{:02}", family.group + 10, n + 1, size + 1),
        name: family.called(size),
        group: family.group,
        price_cents,
        cost_cents: family.cost_per_mille.map(|cost| price_cents * cost / 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_group_has_articles_and_every_article_a_number_of_its_own() {
        let range = Range::new();
        assert!(range.groups.iter().all(|articles| !articles.is_empty()));
        let articles: Vec<&Article> = range.groups.iter().flatten().collect();
        let numbers: BTreeSet<&str> = articles.iter().map(|article| article.number.as_str()).collect();
        assert_eq!((articles.len(), numbers.len()), (402, 402));
        for name in ["Rillenkugellager 6205-2RS", "Rollenkette rostfrei 1/2\" x 5/16\"", "Modulband 800 mm, je m"] {
            assert!(articles.iter().any(|article| article.name == name), "{name}");
        }
        assert!(articles.iter().all(|article| article.cost_cents.is_none() == (article.group == SERVICE)));
    }

    #[test]
    fn an_article_fits_the_amount_where_the_group_has_one() {
        let (range, mut random) = (Range::new(), Random::new(5));
        for _ in 0..1_000 {
            let article = range.fitting(1, 500_000, &mut random);
            assert!((1..=300).contains(&(500_000 / article.price_cents)), "{article:?}");
        }
    }
}
