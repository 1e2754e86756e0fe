//! The criteria and the model that a new house begins with.

use super::criterion::{Criterion, Kind, LedgerMetric, Scale, Words};
use super::model::{Model, Weighted};
use super::portfolio::Axis;
use crate::abc::Class;
use crate::amount::Amount;

/// A criterion to begin with.
pub struct Template {
    /// Its lasting name.
    pub key: &'static str,
    /// Its weight in the first model; zero for those that are only offered.
    pub weight: u32,
    /// The axis of the portfolio it is part of.
    pub axis: Axis,
    german: &'static str,
    english: &'static str,
    points: Give,
}

enum Give {
    Percentiles(LedgerMetric, [u8; 5]),
    Units(LedgerMetric, [i64; 5]),
    Rated([[&'static str; 2]; 6]),
    YesNo([[&'static str; 2]; 2]),
}

impl Template {
    /// The criterion in its first version.
    pub fn criterion(&self) -> Criterion {
        let words = |[de, en]: [&str; 2]| Words::new(de, en);
        let kind = match &self.points {
            Give::Percentiles(metric, at) => Kind::Metric { metric: *metric, scale: Scale::Percentiles(*at) },
            Give::Units(metric, at) => Kind::Metric { metric: *metric, scale: Scale::Breakpoints(at.map(Amount::from_units)) },
            Give::Rated(anchors) => Kind::Rated { anchors: Box::new(anchors.map(words)) },
            Give::YesNo(anchors) => Kind::YesNo { anchors: Box::new(anchors.map(words)) },
        };
        Criterion { name: Words::new(self.german, self.english), kind }
    }
}

/// The first model; `of` gives the id and version of the template at a place in [`TEMPLATES`].
pub fn model(of: impl Fn(usize) -> (i64, i64)) -> Model {
    let weighted = |(index, template): (usize, &Template)| {
        let (criterion_id, version) = of(index);
        Weighted { criterion_id, version, criterion: template.criterion(), weight: template.weight, axis: Some(template.axis) }
    };
    Model {
        criteria: TEMPLATES.iter().enumerate().filter(|(_, template)| template.weight > 0).map(weighted).collect(),
        least_coverage: 60,
        suggest_from: 65,
        suggest_class: Class::B,
        keep_from: 45,
        attractive_from: 50,
        strong_from: 65,
    }
}

const LARGE: [u8; 5] = [40, 70, 85, 95, 98];

/// All criteria to begin with, those of the first model first.
#[rustfmt::skip]
pub const TEMPLATES: [Template; 14] = {
    use Axis::{Attractiveness, Position};
    use Give::{Percentiles, Rated, Units, YesNo};
    use LedgerMetric::{Breadth, Growth, Margin, Regularity, Revenue};
    const fn template(key: &'static str, weight: u32, axis: Axis, [german, english]: [&'static str; 2], points: Give) -> Template {
        Template { key, weight, axis, german, english, points }
    }
    [
        template("revenue", 20, Position, ["Umsatz", "Revenue"], Percentiles(Revenue, LARGE)),
        template("margin", 20, Attractiveness, ["Ertrag", "Margin"], Percentiles(Margin, LARGE)),
        template("growth", 10, Attractiveness, ["Wachstum", "Growth"], Units(Growth, [-10, 0, 5, 10, 20])),
        template("strategic_partner", 15, Position, ["Strategischer Partner", "Strategic partner"], Rated([
            ["kauft nur ein, wechselt jederzeit", "only buys, changes suppliers any time"],
            ["kennt uns, spricht nicht über Ziele", "knows us, does not talk about aims"],
            ["spricht gelegentlich über Pläne", "talks about plans now and then"],
            ["plant einzelne Vorhaben mit uns", "plans single projects with us"],
            ["stimmt seine Jahresplanung mit uns ab", "agrees the yearly plan with us"],
            ["gemeinsame Strategie, beide Geschäftsführungen sind beteiligt", "a joint strategy, both managements take part"],
        ])),
        template("innovation", 10, Attractiveness, ["Bereit zur Innovation", "Willing to innovate"], Rated([
            ["lehnt Neues ab", "rejects what is new"],
            ["nimmt Neues, wenn es alle haben", "takes what is new once all have it"],
            ["hört zu, wartet ab", "listens and waits"],
            ["erprobt Neues, wenn wir es anbieten", "tries what we offer"],
            ["bringt eigene Ideen ein", "brings own ideas"],
            ["entwickelt mit uns, stellt Leute und Geld dafür", "develops with us, with own people and money"],
        ])),
        template("early_versions", 5, Attractiveness, ["Testet frühe Versionen", "Tests early versions"], YesNo([
            ["testet keine frühen Versionen", "tests no early versions"],
            ["hat in den letzten zwei Jahren eine frühe Version getestet", "tested an early version within the last two years"],
        ])),
        template("surplus", 5, Position, ["Nimmt Überproduktion ab", "Takes surplus production"], Rated([
            ["nie", "never"],
            ["nur weit unter Kosten", "only far below cost"],
            ["selten, kleine Mengen", "rarely, small quantities"],
            ["ab und zu, wenn es passt", "now and then, when it fits"],
            ["meistens, zu fairem Preis", "mostly, at a fair price"],
            ["verlässlich und kurzfristig, auch große Mengen", "reliably and at short notice, also large quantities"],
        ])),
        template("opinion_leader", 15, Attractiveness, ["Meinungsführer", "Opinion leader"], Rated([
            ["in der Branche unbekannt", "unknown in its trade"],
            ["bekannt, ohne Einfluss", "known, without influence"],
            ["wird örtlich beachtet", "heeded locally"],
            ["andere fragen gelegentlich nach", "others ask now and then"],
            ["Vorbild für viele, steht als Referenz bereit", "an example for many, willing to be a reference"],
            ["wofür er sich entscheidet, dem folgt die Branche", "the trade follows its decisions"],
        ])),
        template("wallet", 0, Position, ["Anteil am Bedarf", "Share of wallet"], Rated([
            ["unter 5 % seines Bedarfs", "below 5 % of its demand"],
            ["5 bis 15 %", "5 to 15 %"],
            ["15 bis 30 %", "15 to 30 %"],
            ["30 bis 50 %", "30 to 50 %"],
            ["50 bis 75 %", "50 to 75 %"],
            ["über 75 %, Hauptlieferant", "over 75 %, main supplier"],
        ])),
        template("potential", 0, Attractiveness, ["Potenzial", "Potential"], Rated([
            ["schrumpft oder ist ausgeschöpft", "shrinks or is exhausted"],
            ["kaum mehr möglich", "hardly anything more is possible"],
            ["bis 10 % mehr in drei Jahren", "up to 10 % more in three years"],
            ["bis 25 % mehr", "up to 25 % more"],
            ["bis zum Doppelten", "up to double"],
            ["mehr als das Doppelte", "more than double"],
        ])),
        template("payment", 0, Attractiveness, ["Zahlungsverhalten", "Payment behaviour"], Rated([
            ["Ausfall oder Inkasso", "default or collection"],
            ["regelmäßig über 60 Tage zu spät", "regularly more than 60 days late"],
            ["oft gemahnt", "often reminded"],
            ["zahlt nach der ersten Erinnerung", "pays after the first reminder"],
            ["zahlt pünktlich", "pays on time"],
            ["zahlt pünktlich mit Skonto oder im Voraus", "pays early or in advance"],
        ])),
        template("cost_to_serve", 0, Attractiveness, ["Betreuungskosten", "Cost to serve"], Rated([
            ["Betreuung kostet mehr, als der Kunde bringt", "costs more than the account brings"],
            ["sehr aufwendig: viele Reklamationen, Kleinstaufträge", "very costly: many complaints, tiny orders"],
            ["aufwendiger als üblich", "costlier than usual"],
            ["üblich", "usual"],
            ["unterdurchschnittlich", "below average"],
            ["läuft von selbst: elektronische Aufträge, kaum Rückfragen", "runs by itself: electronic orders, hardly any questions"],
        ])),
        template("breadth", 0, Position, ["Breite der Warengruppen", "Breadth of product groups"], Units(Breadth, [1, 2, 4, 6, 8])),
        template("regularity", 0, Position, ["Regelmäßigkeit der Aufträge", "Regularity of orders"], Units(Regularity, [8, 25, 50, 75, 95])),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_model_is_one_and_needs_no_advice() {
        let model = model(|index| (index as i64, 1));
        assert_eq!((model.check(), model.advice(), model.criteria.len()), (Ok(()), vec![], 8));
    }

    #[test]
    fn every_criterion_has_its_name_and_all_its_texts_in_both_languages() {
        for template in &TEMPLATES {
            let criterion = template.criterion();
            let texts = match &criterion.kind {
                Kind::Metric { scale, .. } => {
                    assert!(scale.is_rising(), "{}", template.key);
                    Vec::new()
                }
                Kind::Rated { anchors } => anchors.to_vec(),
                Kind::YesNo { anchors } => anchors.to_vec(),
            };
            for words in texts.iter().chain([&criterion.name]) {
                assert!(!words.de.is_empty() && !words.en.is_empty(), "{}", template.key);
            }
        }
    }

    #[test]
    fn definitions_read_back_as_they_are_kept() {
        for template in &TEMPLATES {
            let kept = serde_json::to_string(&template.criterion()).expect("plain data");
            assert_eq!(serde_json::from_str::<Criterion>(&kept).expect("reads back"), template.criterion());
        }
    }
}
