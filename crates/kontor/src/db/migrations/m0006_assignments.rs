//! Units of the company, and who looks after which account.

use sea_orm_migration::prelude::*;

use super::{day, day_null, id, index, instant, number, number_null, refers, text, text_null, yes_no};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0006_assignments"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let unit = Table::create()
            .table("unit")
            .col(id())
            .col(text("name"))
            .col(number_null("parent_id"))
            .col(yes_no("archived"))
            .col(instant("created_at"))
            .foreign_key(&mut refers("unit", "parent_id", "unit"))
            .take();
        manager.create_table(unit).await?;

        // Without a foreign key, which SQLite cannot add to a table; units are never deleted.
        manager.alter_table(Table::alter().table("user").add_column(number_null("unit_id")).take()).await?;

        // Moving somebody's accounts to somebody else; the assignments that it made point here.
        let handover = Table::create()
            .table("handover")
            .col(id())
            .col(number("from_user_id"))
            .col(number("to_user_id"))
            .col(day("on_day"))
            .col(text_null("note"))
            .col(instant("created_at"))
            .col(number("created_by"))
            .col(text("created_by_name"))
            .foreign_key(&mut refers("handover", "from_user_id", "user"))
            .foreign_key(&mut refers("handover", "to_user_id", "user"))
            .take();
        manager.create_table(handover).await?;

        let handover_account = Table::create()
            .table("handover_account")
            .col(id())
            .col(number("handover_id"))
            .col(number("account_id"))
            .col(text_null("note"))
            .foreign_key(&mut refers("handover_account", "handover_id", "handover"))
            .foreign_key(&mut refers("handover_account", "account_id", "account"))
            .take();
        manager.create_table(handover_account).await?;
        index(manager, "handover_account", &["handover_id"], false).await?;
        index(manager, "handover_account", &["account_id"], false).await?;

        // The reach is the account alone, or the group it is the head of. The last day may lie before the first: taken back before it began.
        let assignment = Table::create()
            .table("assignment")
            .col(id())
            .col(number("user_id"))
            .col(number("account_id"))
            .col(text("reach"))
            .col(text("role"))
            .col(day("from_day"))
            .col(day_null("to_day"))
            .col(number_null("handover_id"))
            .col(instant("created_at"))
            .col(number("created_by"))
            .foreign_key(&mut refers("assignment", "user_id", "user"))
            .foreign_key(&mut refers("assignment", "account_id", "account"))
            .foreign_key(&mut refers("assignment", "handover_id", "handover"))
            .take();
        manager.create_table(assignment).await?;
        index(manager, "assignment", &["account_id"], false).await?;
        index(manager, "assignment", &["user_id"], false).await
    }
}
