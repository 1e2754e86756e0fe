//! The customer valuation: criteria and models in versions, ratings and rounds of them, results that were kept.

use kontor_domain::scoring::defaults;
use sea_orm_migration::prelude::*;

use super::{day, day_null, id, index, instant, instant_null, number, number_null, refers, text};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0013_scoring"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        criteria(manager).await?;
        rounds(manager).await?;
        ratings(manager).await?;
        runs(manager).await?;
        seed(manager).await
    }
}

async fn criteria(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let criterion = Table::create().table("criterion").col(id()).col(text("key")).col(instant_null("archived_at")).take();
    manager.create_table(criterion).await?;
    index(manager, "criterion", &["key"], true).await?;

    // Definitions are JSON: what a criterion asks for is read as a whole and never searched by its parts.
    let version = Table::create()
        .table("criterion_version")
        .col(id())
        .col(number("criterion_id"))
        .col(number("version"))
        .col(text("definition"))
        .col(instant("created_at"))
        .col(number("created_by"))
        .col(text("created_by_name"))
        .foreign_key(&mut refers("criterion_version", "criterion_id", "criterion"))
        .take();
    manager.create_table(version).await?;
    index(manager, "criterion_version", &["criterion_id", "version"], true).await?;

    // The newest one is in force. Each holds its criteria as they were, so that an old result can be read for ever.
    let model = Table::create()
        .table("scoring_model")
        .col(id())
        .col(text("definition"))
        .col(text("note"))
        .col(instant("created_at"))
        .col(number("created_by"))
        .col(text("created_by_name"))
        .take();
    manager.create_table(model).await
}

async fn rounds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let round = Table::create()
        .table("rating_round")
        .col(id())
        .col(text("name"))
        .col(day("due_on"))
        .col(instant("opened_at"))
        .col(number("opened_by"))
        .col(text("opened_by_name"))
        .col(instant_null("closed_at"))
        .take();
    manager.create_table(round).await?;

    let criterion = Table::create()
        .table("rating_round_criterion")
        .col(id())
        .col(number("round_id"))
        .col(number("criterion_id"))
        .foreign_key(&mut refers("rating_round_criterion", "round_id", "rating_round"))
        .foreign_key(&mut refers("rating_round_criterion", "criterion_id", "criterion"))
        .take();
    manager.create_table(criterion).await?;
    index(manager, "rating_round_criterion", &["round_id", "criterion_id"], true).await?;

    let task = Table::create()
        .table("rating_round_task")
        .col(id())
        .col(number("round_id"))
        .col(number("user_id"))
        .col(number("account_id"))
        .foreign_key(&mut refers("rating_round_task", "round_id", "rating_round"))
        .foreign_key(&mut refers("rating_round_task", "user_id", "user"))
        .foreign_key(&mut refers("rating_round_task", "account_id", "account"))
        .take();
    manager.create_table(task).await?;
    index(manager, "rating_round_task", &["round_id", "user_id", "account_id"], true).await
}

async fn ratings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // A rating is never changed: a newer one of the same rater ends it.
    let rating = Table::create()
        .table("rating")
        .col(id())
        .col(number("account_id"))
        .col(number("criterion_id"))
        .col(number("rater_id"))
        .col(text("rater_name"))
        .col(number("value"))
        .col(text("evidence"))
        .col(day("rated_on"))
        .col(day_null("review_on"))
        .col(number_null("round_id"))
        .col(instant("created_at"))
        .col(instant_null("ended_at"))
        .foreign_key(&mut refers("rating", "account_id", "account"))
        .foreign_key(&mut refers("rating", "criterion_id", "criterion"))
        .foreign_key(&mut refers("rating", "round_id", "rating_round"))
        .take();
    manager.create_table(rating).await?;
    index(manager, "rating", &["account_id", "criterion_id", "rater_id"], false).await?;
    index(manager, "rating", &["round_id"], false).await
}

async fn runs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let run = Table::create()
        .table("valuation_run")
        .col(id())
        .col(number("model_id"))
        .col(text("level"))
        .col(day("as_of"))
        .col(day("from_day"))
        .col(day("to_day"))
        .col(text("currency"))
        .col(number("accounts"))
        .col(text("note"))
        .col(instant("made_at"))
        .col(number("made_by"))
        .col(text("made_by_name"))
        .foreign_key(&mut refers("valuation_run", "model_id", "scoring_model"))
        .take();
    manager.create_table(run).await?;

    // Results are read as a whole and never changed: some thousand accounts each in one packed value.
    let result = Table::create()
        .table("valuation_result")
        .col(id())
        .col(number("run_id"))
        .col(number("position"))
        .col(ColumnDef::new("accounts").binary().not_null().take())
        .foreign_key(&mut refers("valuation_result", "run_id", "valuation_run"))
        .take();
    manager.create_table(result).await?;
    index(manager, "valuation_result", &["run_id", "position"], true).await
}

/// The criteria and the model that a new house begins with. Ids of a new table count from 1.
async fn seed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let json = |error: serde_json::Error| DbErr::Custom(error.to_string());
    let (nobody, nobody_name) = (0_i64, "");
    let no_day = chrono::DateTime::<chrono::Utc>::UNIX_EPOCH;
    for (id, template) in (1_i64..).zip(&defaults::TEMPLATES) {
        let criterion = Query::insert().into_table("criterion").columns(["key"]).values_panic([template.key.into()]).take();
        manager.exec_stmt(criterion).await?;
        let definition = serde_json::to_string(&template.criterion()).map_err(json)?;
        let version = Query::insert()
            .into_table("criterion_version")
            .columns(["criterion_id", "version", "definition", "created_at", "created_by", "created_by_name"])
            .values_panic([id.into(), 1_i64.into(), definition.into(), no_day.into(), nobody.into(), nobody_name.into()])
            .take();
        manager.exec_stmt(version).await?;
    }
    let definition = serde_json::to_string(&defaults::model(|index| (index as i64 + 1, 1))).map_err(json)?;
    let model = Query::insert()
        .into_table("scoring_model")
        .columns(["definition", "note", "created_at", "created_by", "created_by_name"])
        .values_panic([definition.into(), "".into(), no_day.into(), nobody.into(), nobody_name.into()])
        .take();
    manager.exec_stmt(model).await
}
