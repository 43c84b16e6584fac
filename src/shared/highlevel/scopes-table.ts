/**
 * One scope a line: name, levels (`S` sub-account, `A` agency, `-` not published), and then any of `sensitive`
 * (the portal asks for confirmation), `live` (seen on a token issued in 2026) and `as:NAME` (the spelling that
 * live tokens carry). Facts from HighLevel docs: Scopes, from the security sections of the published OpenAPI
 * files, and from the scope list of a live token.
 */
export const scopesTable = `
adPublishing.readOnly - as:adPublishing.readonly
adPublishing.readonly S
adPublishing.write S
affiliate-manager.readonly S
agent-studio.readonly S live
agent-studio.write S live
associations.readonly S live
associations.write S live
associations/relation.readonly S live
associations/relation.write S live
blogs/author.readonly S live
blogs/category.readonly S live
blogs/check-slug.readonly S live
blogs/list.readonly S live
blogs/post-update.write S live
blogs/post.write S live
blogs/posts.readonly S live
brand-boards/design-kit.readonly S live
brand-boards/design-kit.write S live
businesses.readonly S live
businesses.write S live
calendars.readonly S live
calendars.write S live
calendars/events.readonly S live
calendars/events.write S live
calendars/groups.readonly S live
calendars/groups.write S live
calendars/resources.readonly S live
calendars/resources.write S live
campaigns.readonly S live
charges.readonly S live
charges.write S live
chat-widget.readonly S
chat-widget.write S
companies.readonly A
contacts.readonly S live
contacts.write S live
conversation-ai.readonly S live
conversation-ai.write S live
conversations.readonly S live
conversations.write S live
conversations/livechat.write S live
conversations/message.readonly S live
conversations/message.write S live
conversations/reports.readonly - live
courses.readonly - live
courses.write S live
custom-menu-link.readonly A
custom-menu-link.write A
documents_contracts/list.readonly SA live
documents_contracts/sendLink.write - live
documents_contracts/sendlink.write SA as:documents_contracts/sendLink.write
documents_contracts_template/list.readonly - live
documents_contracts_template/sendLink.write - live
documents_contracts_templates/list.readonly SA as:documents_contracts_template/list.readonly
documents_contracts_templates/sendlink.write SA as:documents_contracts_template/sendLink.write
emails/builder.readonly S live
emails/builder.write S live
emails/campaigns.readonly S
emails/campaigns.write S
emails/schedule.readonly SA live
emails/schedule.write - live
emails/stats.readonly S
emails/templates.readonly S
emails/templates.write S
forms.readonly S live
forms.write S live
funnels/funnel.readonly S live
funnels/page.readonly S live
funnels/pagecount.readonly S live
funnels/redirect.readonly S live
funnels/redirect.write S live
invoices.readonly SA live
invoices.write SA live
invoices/estimate.readonly SA live
invoices/estimate.write SA live
invoices/schedule.readonly SA live
invoices/schedule.write SA live
invoices/template.readonly SA live
invoices/template.write SA live
knowledge-bases.readonly - live
knowledge-bases.write - live
lc-email.readonly S live
links.readonly S live
links.write S live
locations.internal-access-only A
locations.readonly SA live
locations.write A sensitive
locations/customFields.readonly S live
locations/customFields.write S live
locations/customValues.readonly S live
locations/customValues.write S live
locations/tags.readonly S live
locations/tags.write S live
locations/tasks.readonly S live
locations/tasks.write - live
locations/templates.readonly S live
locations/write A as:locations.write
marketplace-external-auth-migration.write S live
marketplace-installer-details.readonly SA live
medias.readonly S live
medias.write S live
numberpools.read S live
oauth.readonly SA live
oauth.write SA live
objects/record.readonly S live
objects/record.write S live
objects/schema.readonly S live
objects/schema.write SA live
opportunities.readonly S live
opportunities.write S live
payments/coupons.readonly S live
payments/coupons.write S live
payments/custom-provider.readonly S live
payments/custom-provider.write S live
payments/integration.readonly S live
payments/integration.write S live
payments/orders.collectPayment S live
payments/orders.readonly S live
payments/orders.write S live
payments/subscriptions.readonly S live
payments/transactions.readonly S live
phonenumbers.read S live
phonenumbers.write S live
products.readonly SA live
products.write SA live
products/collection.readonly S live
products/collection.write S live
products/prices.readonly SA live
products/prices.write SA live
recurring-tasks.readonly - live
recurring-tasks.write - live
saas/company.read A
saas/company.write SA
saas/location.read SA live
saas/location.write SA live
snapshots.readonly A
snapshots.write A
socialplanner/account.readonly S live
socialplanner/account.write S live
socialplanner/category.readonly S live
socialplanner/category.write S live
socialplanner/csv.readonly S live
socialplanner/csv.write S live
socialplanner/oauth.readonly S live
socialplanner/oauth.write S live
socialplanner/post.readonly S live
socialplanner/post.write S live
socialplanner/statistics.readonly S live
socialplanner/tag.readonly S live
socialplanner/tag.write - live
store/setting.readonly - live
store/setting.write - live
store/shipping.readonly - live
store/shipping.write - live
surveys.readonly S live
twilioaccount.read - live
users.readonly SA live
users.write SA sensitive live
voice-ai-agent-goals.readonly S live
voice-ai-agent-goals.write S live
voice-ai-agents.readonly S live
voice-ai-agents.write S live
voice-ai-dashboard.readonly S live
wordpress.site.readonly - live
workflows.readonly S live
`;
