//! Stakeholder maps: buying decisions, who stands on a map and how, lines between them, and what we are to each other.

use sea_orm_migration::prelude::*;

use super::{day_null, id, index, instant, instant_null, number, number_null, refers, text, text_null};

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0010_stakeholders"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let decision = Table::create()
            .table("buying_decision")
            .col(id())
            .col(number("account_id"))
            .col(text("name"))
            .col(day_null("closed_on"))
            .col(instant("created_at"))
            .col(number("created_by"))
            .foreign_key(&mut refers("buying_decision", "account_id", "account"))
            .take();
        manager.create_table(decision).await?;
        index(manager, "buying_decision", &["account_id"], false).await?;

        // A person, or a placeholder for somebody not known yet; without a decision on the map of the account itself.
        let stakeholder = Table::create()
            .table("stakeholder")
            .col(id())
            .col(number("account_id"))
            .col(number_null("decision_id"))
            .col(number_null("person_id"))
            .col(text("placeholder"))
            .col(text("function"))
            .col(text_null("role"))
            .col(number("support"))
            .col(number("coverage"))
            // Who stands above on the map: a stakeholder. A person's superior otherwise comes from the employment.
            .col(number_null("above_id"))
            .col(instant("created_at"))
            .col(number("created_by"))
            .col(instant_null("removed_at"))
            .foreign_key(&mut refers("stakeholder", "account_id", "account"))
            .foreign_key(&mut refers("stakeholder", "decision_id", "buying_decision"))
            .foreign_key(&mut refers("stakeholder", "person_id", "person"))
            .foreign_key(&mut refers("stakeholder", "above_id", "stakeholder"))
            .take();
        manager.create_table(stakeholder).await?;
        index(manager, "stakeholder", &["account_id", "decision_id"], false).await?;
        index(manager, "stakeholder", &["person_id"], false).await?;

        let line = Table::create()
            .table("stakeholder_line")
            .col(id())
            .col(number("from_id"))
            .col(number("to_id"))
            .col(text("kind"))
            .col(instant("created_at"))
            .col(number("created_by"))
            .col(instant_null("removed_at"))
            .foreign_key(&mut refers("stakeholder_line", "from_id", "stakeholder"))
            .foreign_key(&mut refers("stakeholder_line", "to_id", "stakeholder"))
            .take();
        manager.create_table(line).await?;
        index(manager, "stakeholder_line", &["from_id"], false).await?;
        index(manager, "stakeholder_line", &["to_id"], false).await?;

        let relationship = Table::create()
            .table("relationship")
            .col(id())
            .col(number("user_id"))
            .col(number("person_id"))
            .col(text_null("level_now"))
            .col(text_null("level_wanted"))
            .col(instant("changed_at"))
            .col(number("changed_by"))
            .foreign_key(&mut refers("relationship", "user_id", "user"))
            .foreign_key(&mut refers("relationship", "person_id", "person"))
            .take();
        manager.create_table(relationship).await?;
        index(manager, "relationship", &["user_id", "person_id"], true).await?;
        index(manager, "relationship", &["person_id"], false).await
    }
}
