//! Nominations of key accounts, what was decided about them, and what each class of accounts gets.

use sea_orm_migration::prelude::*;

use super::{day, day_null, id, index, instant, instant_null, number, number_null, refers, text, text_null, yes_no};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0014_key_accounts"
    }
}

/// What the valuation said at that moment: score in hundred-thousandths, coverage in hundredths of a percent, class, version of the model.
fn snapshot(table: &mut TableCreateStatement) -> &mut TableCreateStatement {
    table.col(number_null("score")).col(number("coverage")).col(text_null("class")).col(number("model_id"))
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut nomination = Table::create()
            .table("nomination")
            .col(id())
            .col(number("account_id"))
            .col(yes_no("is_review"))
            .col(text("statement"))
            .col(instant("nominated_at"))
            .col(number("nominated_by"))
            .col(text("nominated_by_name"))
            .col(instant_null("withdrawn_at"))
            .foreign_key(&mut refers("nomination", "account_id", "account"))
            .take();
        manager.create_table(snapshot(&mut nomination).take()).await?;
        index(manager, "nomination", &["account_id"], false).await?;

        // Decisions are only ever added: whether an account is a key account follows from all of its decisions in their order.
        let mut decision = Table::create()
            .table("key_account_decision")
            .col(id())
            .col(number("account_id"))
            .col(number_null("nomination_id"))
            .col(text("decision"))
            .col(text("reason"))
            .col(day("decided_on"))
            .col(instant("decided_at"))
            .col(number("decided_by"))
            .col(text("decided_by_name"))
            .col(number_null("manager_id"))
            .col(text_null("manager_name"))
            .col(text_null("reach"))
            .col(day_null("next_review"))
            .foreign_key(&mut refers("key_account_decision", "account_id", "account"))
            .foreign_key(&mut refers("key_account_decision", "nomination_id", "nomination"))
            .foreign_key(&mut refers("key_account_decision", "manager_id", "user"))
            .take();
        manager.create_table(snapshot(&mut decision).take()).await?;
        index(manager, "key_account_decision", &["account_id"], false).await?;
        index(manager, "key_account_decision", &["nomination_id"], true).await?;

        // The newest one is in force, as with settings.
        let treatments =
            Table::create().table("treatments").col(id()).col(text("value")).col(instant("created_at")).col(number("created_by")).take();
        manager.create_table(treatments).await
    }
}
