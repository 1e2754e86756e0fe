//! What is sent about the valuation by points → checked values, or all field errors.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use kontor_domain::abc::Class;
use kontor_domain::group::Level;
use kontor_domain::scoring::criterion::{Criterion, Kind, Scale, Words};
use kontor_domain::scoring::model::{Model, Weighted};

use super::store::{NewRating, StoredCriterion};
use crate::fault::{Fault, FieldError};
use crate::team::forms::keep;
use crate::web::format::Locale;

/// The longest name of a criterion, in characters.
const NAME_MAX: usize = 60;
/// The longest text for one step, in characters.
const ANCHOR_MAX: usize = 200;
/// The longest evidence or note, in characters.
pub const TEXT_MAX: usize = 2000;
/// A rating is looked at again after so many months when nobody says otherwise.
const REVIEW_MONTHS: u32 = 12;

/// The fields of the five values of a scale.
pub const AT: [&str; 5] = ["at_1", "at_2", "at_3", "at_4", "at_5"];
/// The fields of what each step means in German.
pub const ANCHORS_DE: [&str; 6] = ["anchor_de_0", "anchor_de_1", "anchor_de_2", "anchor_de_3", "anchor_de_4", "anchor_de_5"];
/// The fields of what each step means in English.
pub const ANCHORS_EN: [&str; 6] = ["anchor_en_0", "anchor_en_1", "anchor_en_2", "anchor_en_3", "anchor_en_4", "anchor_en_5"];

/// A form whose fields are not known beforehand, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// As it was posted.
    pub fn posted(fields: Vec<(String, String)>) -> Typed {
        Typed(fields.into_iter().collect())
    }

    /// What was typed, without blanks around it; nothing where the field is missing.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    /// Fills a field in.
    pub fn set(&mut self, name: impl Into<String>, value: impl ToString) {
        self.0.insert(name.into(), value.to_string());
    }

    /// The fields whose names begin with this, with the number that follows.
    pub fn numbered<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (i64, &'a str)> + 'a {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?.parse().ok()?, value.trim())))
    }
}

/// A criterion as a form: `name_de`, `name_en`, `kind`, `metric`, `scale`, [`AT`], [`ANCHORS_DE`], [`ANCHORS_EN`].
pub fn criterion_form(criterion: &Criterion, locale: Locale) -> Typed {
    let mut form = Typed::default();
    form.set("name_de", &criterion.name.de);
    form.set("name_en", &criterion.name.en);
    form.set("kind", criterion.kind.name());
    let mut anchor = |step: usize, words: &Words| {
        form.set(ANCHORS_DE[step], &words.de);
        form.set(ANCHORS_EN[step], &words.en);
    };
    match &criterion.kind {
        Kind::Metric { metric, scale } => {
            form.set("metric", metric.name());
            match scale {
                Scale::Breakpoints(at) => {
                    form.set("scale", "breakpoints");
                    AT.iter().zip(at).for_each(|(name, value)| form.set(*name, locale.quantity(*value)));
                }
                Scale::Percentiles(at) => {
                    form.set("scale", "percentiles");
                    AT.iter().zip(at).for_each(|(name, value)| form.set(*name, value));
                }
            }
        }
        Kind::Rated { anchors } => anchors.iter().enumerate().for_each(|(step, words)| anchor(step, words)),
        Kind::YesNo { anchors } => [0, 5].into_iter().zip(anchors.iter()).for_each(|(step, words)| anchor(step, words)),
    }
    form
}

/// Checks a criterion.
pub fn parse_criterion(form: &Typed, locale: Locale) -> Result<Criterion, Vec<FieldError>> {
    let mut errors = Vec::new();
    let de = keep(parse_words("name_de", form.get("name_de"), 1, NAME_MAX), &mut errors);
    let en = keep(parse_words("name_en", form.get("name_en"), 1, NAME_MAX), &mut errors);
    let mut anchor = |step: usize| {
        let mut word = |name| keep(parse_words(name, form.get(name), 0, ANCHOR_MAX), &mut errors).unwrap_or_default();
        Words { de: word(ANCHORS_DE[step]), en: word(ANCHORS_EN[step]) }
    };
    let kind = match form.get("kind") {
        "rated" => Some(Kind::Rated { anchors: Box::new([0, 1, 2, 3, 4, 5].map(&mut anchor)) }),
        "yes_no" => Some(Kind::YesNo { anchors: Box::new([0, 5].map(&mut anchor)) }),
        "metric" => parse_metric(form, locale, &mut errors),
        _ => keep(Err(FieldError::new("kind", |t| t.scoring_kind_wrong())), &mut errors),
    };
    match (de, en, kind) {
        (Some(de), Some(en), Some(kind)) if errors.is_empty() => Ok(Criterion { name: Words { de, en }, kind }),
        _ => Err(errors),
    }
}

fn parse_metric(form: &Typed, locale: Locale, errors: &mut Vec<FieldError>) -> Option<Kind> {
    let metric = keep(form.get("metric").parse().map_err(|_| FieldError::new("metric", |t| t.scoring_metric_wrong())), errors);
    let wrong = |name: &'static str| FieldError::new(name, |t| t.scoring_number_wrong());
    let scale = match form.get("scale") {
        "breakpoints" => {
            let values = AT.map(|name| keep(locale.parse_amount(form.get(name)).map_err(|_| wrong(name)), errors));
            all(values).map(Scale::Breakpoints)
        }
        "percentiles" => {
            let values = AT.map(|name| keep(form.get(name).parse::<u8>().map_err(|_| wrong(name)), errors));
            all(values).map(Scale::Percentiles)
        }
        _ => keep(Err(FieldError::new("scale", |t| t.scoring_scale_wrong())), errors),
    };
    let scale = scale.and_then(|scale| {
        let rises = if scale.is_rising() { Ok(scale) } else { Err(FieldError::new(AT[0], |t| t.scoring_scale_falls())) };
        keep(rises, errors)
    });
    Some(Kind::Metric { metric: metric?, scale: scale? })
}

fn all<T: Copy + Default>(values: [Option<T>; 5]) -> Option<[T; 5]> {
    values.iter().all(Option::is_some).then(|| values.map(Option::unwrap_or_default))
}

fn parse_words(name: &'static str, text: &str, min: usize, max: usize) -> Result<String, FieldError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        length if length < min => Err(FieldError::new(name, |t| t.scoring_text_missing())),
        length if length > max => Err(FieldError::new(name, move |t| t.scoring_text_long(max))),
        _ => Ok(text),
    }
}

/// Checks a text of some lines.
pub fn parse_text(name: &'static str, text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    if text.chars().count() > TEXT_MAX { Err(FieldError::new(name, |t| t.scoring_text_long(TEXT_MAX))) } else { Ok(text.to_owned()) }
}

/// A model as a form: `weight.{criterion}`, `axis.{criterion}`, the thresholds by their names, `note`.
pub fn model_form(model: &Model) -> Typed {
    let mut form = Typed::default();
    for weighted in &model.criteria {
        form.set(format!("weight.{}", weighted.criterion_id), weighted.weight);
        form.set(format!("axis.{}", weighted.criterion_id), weighted.axis.map_or("", |axis| axis.name()));
    }
    form.set("least_coverage", model.least_coverage);
    form.set("suggest_from", model.suggest_from);
    form.set("suggest_class", model.suggest_class);
    form.set("keep_from", model.keep_from);
    form.set("attractive_from", model.attractive_from);
    form.set("strong_from", model.strong_from);
    form
}

/// Checks a model; criteria without a weight are not part of it. Gives the note with it.
pub fn parse_model(form: &Typed, known: &[StoredCriterion]) -> Result<(Model, String), Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut criteria = Vec::new();
    for criterion in known {
        let weight = form.get(&format!("weight.{}", criterion.id)).trim_end_matches('%').trim_end();
        if weight.is_empty() {
            continue;
        }
        let axis = form.get(&format!("axis.{}", criterion.id));
        match (weight.parse::<u32>(), axis.is_empty(), axis.parse()) {
            (Ok(weight @ 0..=100), is_none, axis) if is_none || axis.is_ok() => criteria.push(Weighted {
                criterion_id: criterion.id,
                version: criterion.version,
                criterion: criterion.criterion.clone(),
                weight,
                axis: axis.ok(),
            }),
            _ => {
                let name = criterion.criterion.name.clone();
                errors.push(FieldError::new("criteria", move |t| t.scoring_weight_wrong(name.in_language(t.language()))));
            }
        }
    }
    let mut percent = |name: &'static str| {
        let value = form.get(name).trim_end_matches('%').trim_end().parse::<u8>().ok().filter(|value| *value <= 100);
        keep(value.ok_or_else(|| FieldError::new(name, |t| t.scoring_percent_wrong())), &mut errors).unwrap_or_default()
    };
    let [least_coverage, suggest_from, keep_from] = ["least_coverage", "suggest_from", "keep_from"].map(&mut percent);
    let [attractive_from, strong_from] = ["attractive_from", "strong_from"].map(&mut percent);
    let class = Class::ALL.into_iter().find(|class| class.to_string() == form.get("suggest_class"));
    let class = keep(class.ok_or_else(|| FieldError::new("suggest_class", |t| t.scoring_class_wrong())), &mut errors);
    let note = keep(parse_text("note", form.get("note")), &mut errors);
    let sum: u32 = criteria.iter().map(|weighted| weighted.weight).sum();
    if sum != 100 && errors.iter().all(|error| error.field != "criteria") {
        errors.push(FieldError::new("criteria", move |t| t.scoring_weights_wrong(sum)));
    }
    match (class, note) {
        (Some(suggest_class), Some(note)) if errors.is_empty() => {
            let model = Model { criteria, least_coverage, suggest_from, suggest_class, keep_from, attractive_from, strong_from };
            Ok((model, note))
        }
        _ => Err(errors),
    }
}

/// A rating by one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingInput {
    /// The criterion.
    pub criterion_id: i64,
    /// 0 to 5.
    pub value: u8,
    /// What it rests on.
    pub evidence: String,
    /// When it was given.
    pub rated_on: NaiveDate,
    /// When it should be looked at again.
    pub review_on: Option<NaiveDate>,
}

impl RatingInput {
    /// The rating of an account.
    pub fn of(self, account_id: i64) -> NewRating {
        let RatingInput { criterion_id, value, evidence, rated_on, review_on } = self;
        NewRating { account_id, criterion_id, value, evidence, rated_on, review_on }
    }
}

/// When a rating of today is looked at again when nobody says otherwise.
pub fn usual_review(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(REVIEW_MONTHS)).unwrap_or(today)
}

/// Checks the ratings of one account: `value.{criterion}`, `evidence.{criterion}`, `review.{criterion}`; criteria without a value are passed over.
pub fn parse_ratings(form: &Typed, locale: Locale, today: NaiveDate) -> Result<Vec<RatingInput>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut inputs = Vec::new();
    for (criterion_id, value) in form.numbered("value.").filter(|(_, value)| !value.is_empty()) {
        let at = |part: &str| format!("{part}.{criterion_id}");
        let value = keep(parse_value(value).map_err(|error| error.at(at("value"))), &mut errors);
        let evidence = keep(parse_text("ratings", form.get(&at("evidence"))).map_err(|error| error.at(at("evidence"))), &mut errors);
        let review = keep(parse_review(form.get(&at("review")), locale, today).map_err(|error| error.at(at("review"))), &mut errors);
        if let (Some(value), Some(evidence), Some(review_on)) = (value, evidence, review) {
            inputs.push(RatingInput { criterion_id, value, evidence, rated_on: today, review_on });
        }
    }
    if inputs.is_empty() && errors.is_empty() {
        errors.push(FieldError::new("ratings", |t| t.scoring_rate_nothing()));
    }
    if errors.is_empty() { Ok(inputs) } else { Err(errors) }
}

/// Checks what counts as one customer; nothing follows the settings.
pub fn parse_level(text: &str) -> Result<Option<Level>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Fault::field("level", |t| t.settings_level_wrong()))
}

/// Checks a rating.
pub fn parse_value(text: &str) -> Result<u8, FieldError> {
    text.parse().ok().filter(|value| *value <= 5).ok_or_else(|| FieldError::new("ratings", |t| t.scoring_rating_wrong()))
}

/// Checks the day on which a rating is looked at again; none is none.
pub fn parse_review(text: &str, locale: Locale, today: NaiveDate) -> Result<Option<NaiveDate>, FieldError> {
    if text.is_empty() {
        return Ok(None);
    }
    match locale.parse_date(text) {
        Ok(day) if day > today => Ok(Some(day)),
        Ok(_) => Err(FieldError::new("review", |t| t.scoring_review_past())),
        Err(_) => Err(FieldError::day("review")),
    }
}

#[cfg(test)]
mod tests {
    use kontor_domain::scoring::defaults;
    use kontor_domain::team::Language;

    use super::*;
    use crate::scoring::store::Made;

    const DE: Locale = Locale::of(Language::De);

    fn typed(fields: &[(&str, &str)]) -> Typed {
        Typed::posted(fields.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    fn fields(errors: &[FieldError]) -> Vec<&str> {
        errors.iter().map(|error| &*error.field).collect()
    }

    fn known() -> Vec<StoredCriterion> {
        let made = Made { at: chrono::DateTime::UNIX_EPOCH, by: String::new() };
        let stored = |(id, template): (i64, &defaults::Template)| StoredCriterion {
            id,
            key: template.key.into(),
            version: 1,
            criterion: template.criterion(),
            made: made.clone(),
            is_archived: false,
        };
        (1..).zip(&defaults::TEMPLATES).map(stored).collect()
    }

    #[test]
    fn every_criterion_survives_its_own_form() {
        for template in &defaults::TEMPLATES {
            let criterion = template.criterion();
            assert_eq!(parse_criterion(&criterion_form(&criterion, DE), DE).expect(template.key), criterion);
        }
    }

    #[test]
    fn all_that_is_wrong_with_a_criterion_is_told_at_once() {
        let wrong = parse_criterion(&typed(&[("kind", "metric"), ("metric", "luck"), ("scale", "breakpoints"), ("at_1", "x")]), DE);
        assert_eq!(fields(&wrong.expect_err("wrong")), ["name_de", "name_en", "metric", "at_1", "at_2", "at_3", "at_4", "at_5"]);
        let names = [("name_de", "K"), ("name_en", "C")];
        let falling = [
            ("kind", "metric"),
            ("metric", "growth"),
            ("scale", "percentiles"),
            ("at_1", "10"),
            ("at_2", "20"),
            ("at_3", "20"),
            ("at_4", "30"),
            ("at_5", "40"),
        ];
        assert_eq!(fields(&parse_criterion(&typed(&[&names[..], &falling].concat()), DE).expect_err("falls")), ["at_1"]);
        assert_eq!(fields(&parse_criterion(&typed(&names), DE).expect_err("no kind")), ["kind"]);
        let long = "x".repeat(ANCHOR_MAX + 1);
        let form = typed(&[&names[..], &[("kind", "rated"), ("anchor_en_3", &long)]].concat());
        assert_eq!(fields(&parse_criterion(&form, DE).expect_err("long")), ["anchor_en_3"]);
    }

    #[test]
    fn the_first_model_survives_its_own_form() {
        let model = defaults::model(|index| (index as i64 + 1, 1));
        assert_eq!(parse_model(&model_form(&model), &known()).expect("a model"), (model, String::new()));
    }

    #[test]
    fn weights_that_do_not_sum_to_a_hundred_are_told_with_their_sum() {
        let mut form = model_form(&defaults::model(|index| (index as i64 + 1, 1)));
        form.set("weight.1", "19");
        let errors = parse_model(&form, &known()).expect_err("99");
        assert_eq!(errors[0].message(crate::web::texts::Texts::of(Language::De)), "Die Gewichte ergeben 99 statt 100.");
        form.set("weight.1", "-20");
        form.set("least_coverage", "101");
        form.set("suggest_class", "D");
        assert_eq!(fields(&parse_model(&form, &known()).expect_err("wrong")), ["criteria", "least_coverage", "suggest_class"]);
    }

    #[test]
    fn ratings_are_read_by_criterion_and_reviewed_later_than_today() {
        let today: NaiveDate = "2026-11-23".parse().expect("a day");
        let form = typed(&[("value.4", "3"), ("evidence.4", " Messe "), ("review.4", "1.6.2027"), ("value.5", ""), ("value.x", "1")]);
        let inputs = parse_ratings(&form, DE, today).expect("ratings");
        assert_eq!(inputs.len(), 1);
        assert_eq!((inputs[0].criterion_id, inputs[0].value, inputs[0].evidence.as_str()), (4, 3, "Messe"));
        assert_eq!(inputs[0].review_on, "2027-06-01".parse().ok());
        for (wrong, field) in [(("value.4", "6"), "value.4"), (("review.4", "23.11.2026"), "review.4"), (("review.4", "bald"), "review.4")]
        {
            let form = typed(&[("value.4", "3"), wrong]);
            assert_eq!(fields(&parse_ratings(&form, DE, today).expect_err(wrong.1)), [field]);
        }
        assert_eq!(fields(&parse_ratings(&typed(&[]), DE, today).expect_err("nothing")), ["ratings"]);
    }
}
