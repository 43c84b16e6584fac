/**
 * One event a line: type, subscription name (`=` when it is the type), category, scope that unlocks it, source of
 * that scope, entity, path of the entity's id, field with the sub-account's id, what stands in the body's `type`
 * (`-`: the event type; `no-type`: the documented sample has none; `foreign-type`: something else), and the name
 * of its field set. `-` stands for none. Facts from HighLevel docs: Webhook Events, one page an event.
 */
export const eventsTable = `
INSTALL AppInstall App-lifecycle - - app appId locationId - app
UNINSTALL AppUninstall App-lifecycle - - app appId locationId - app-uninstall
UPDATE AppUpdate App-lifecycle - - app appId locationId - app-update
EXTERNAL_AUTH_CONNECTED ExternalAuthConnected App-lifecycle - - app appId locationId - app-external-auth
PLAN_CHANGE PlanChange App-lifecycle - - app appId locationId - app-plan
ContactCreate = Contacts contacts.readonly documented contact id locationId - contact
ContactDelete = Contacts contacts.readonly documented contact id locationId - contact
ContactDndUpdate = Contacts contacts.readonly documented contact id locationId - contact-dnd
ContactTagUpdate = Contacts contacts.readonly documented contact id locationId - contact
ContactUpdate = Contacts contacts.readonly inferred contact id locationId - contact
NoteCreate = Contacts/Notes contacts.readonly documented note id locationId - note
NoteDelete = Contacts/Notes contacts.readonly documented note id locationId - note
NoteUpdate = Contacts/Notes contacts.readonly inferred note id locationId - note
TaskComplete = Contacts/Tasks contacts.readonly inferred task id locationId - task
TaskCreate = Contacts/Tasks contacts.readonly documented task id locationId - task
TaskDelete = Contacts/Tasks contacts.readonly documented task id locationId - task
ConversationUnreadUpdate ConversationUnreadWebhook Conversations conversations.readonly documented conversation id locationId - conversation
ConversationUpdate = Conversations conversations.readonly inferred conversation newConversationId locationId - conversation-update
InboundMessage = Conversations conversations/message.readonly documented message messageId locationId - message
OutboundMessage = Conversations conversations/message.readonly documented message messageId locationId - outbound-message
LCEmailStats = Email lc-email.readonly reported email - locationId - email
CampaignStatusUpdate = Campaigns campaigns.readonly documented campaign id locationId - campaign
OpportunityAssignedToUpdate = Opportunities opportunities.readonly inferred opportunity id locationId - opportunity
OpportunityCreate = Opportunities opportunities.readonly documented opportunity id locationId - opportunity
OpportunityDelete = Opportunities opportunities.readonly documented opportunity id locationId - opportunity
OpportunityMonetaryValueUpdate = Opportunities opportunities.readonly documented opportunity id locationId - opportunity
OpportunityStageUpdate = Opportunities opportunities.readonly documented opportunity id locationId - opportunity
OpportunityStatusUpdate = Opportunities opportunities.readonly documented opportunity id locationId - opportunity
OpportunityUpdate = Opportunities opportunities.readonly inferred opportunity id locationId - opportunity
AppointmentCreate = Calendars/Appointments calendars/events.readonly inferred appointment appointment.id locationId - appointment
AppointmentDelete = Calendars/Appointments calendars/events.readonly inferred appointment appointment.id locationId - appointment
AppointmentUpdate = Calendars/Appointments calendars/events.readonly inferred appointment appointment.id locationId - appointment
InvoiceCreate = Invoices invoices.readonly inferred invoice _id altId no-type invoice
InvoiceDelete = Invoices invoices.readonly inferred invoice _id altId no-type invoice
InvoicePaid = Invoices invoices.readonly inferred invoice _id altId no-type invoice
InvoicePartiallyPaid = Invoices invoices.readonly inferred invoice _id altId no-type invoice
InvoiceSent = Invoices invoices.readonly inferred invoice _id altId no-type invoice
InvoiceUpdate = Invoices invoices.readonly inferred invoice _id altId no-type invoice
InvoiceVoid = Invoices invoices.readonly inferred invoice _id altId no-type invoice
OrderCreate = Payments/Orders payments/orders.readonly inferred order _id locationId - order
OrderStatusUpdate = Payments/Orders payments/orders.readonly inferred order _id locationId - order
ProductCreate = Products products.readonly inferred product _id locationId no-type product
ProductDelete = Products products.readonly inferred product _id locationId no-type product
ProductUpdate = Products products.readonly inferred product _id locationId no-type product
PriceCreate = Products/Prices products/prices.readonly inferred price _id locationId no-type price
PriceDelete = Products/Prices products/prices.readonly inferred price _id locationId foreign-type changed-price
PriceUpdate = Products/Prices products/prices.readonly inferred price _id locationId foreign-type changed-price
LocationCreate = Locations locations.readonly documented location id id - location
LocationUpdate = Locations locations.readonly documented location id id - location
UserCreate = Users users.readonly inferred user id locationId - user
UserDelete = Users users.readonly inferred user id locationId - changed-user
UserUpdate = Users users.readonly inferred user id locationId - changed-user
ObjectSchemaCreate = Custom-objects objects/schema.readonly inferred object-schema id locationId no-type object-schema
ObjectSchemaUpdate = Custom-objects objects/schema.readonly inferred object-schema id locationId no-type object-schema
RecordCreate = Custom-objects objects/record.readonly inferred record id locationId no-type record
RecordDelete = Custom-objects objects/record.readonly inferred record id locationId no-type record
RecordUpdate = Custom-objects objects/record.readonly inferred record id locationId no-type record
AssociationCreate = Associations associations.readonly documented association id locationId no-type association
AssociationDelete = Associations associations.readonly documented association id locationId no-type changed-association
AssociationUpdate = Associations associations.readonly documented association id locationId no-type changed-association
RelationCreate = Associations associations/relation.readonly documented relation id locationId no-type relation
RelationDelete = Associations associations/relation.readonly documented relation id locationId no-type relation
VoiceAiCallEnd = Voice-AI voice-ai-dashboard.readonly documented call id locationId no-type call
SaasPlanCreate SaaSPlanCreate SaaS saas/company.read inferred saas-plan planId - - saas-plan
KnowledgeBaseCreate = Knowledge-base knowledge-bases.readonly inferred knowledge-base id locationId - knowledge-base
KnowledgeBaseDelete = Knowledge-base knowledge-bases.readonly inferred knowledge-base id locationId - knowledge-base
KnowledgeBaseFaqChange = Knowledge-base knowledge-bases.readonly inferred knowledge-base-asset id locationId - knowledge-base-asset
KnowledgeBaseFileChange = Knowledge-base knowledge-bases.readonly inferred knowledge-base-asset id locationId - knowledge-base-asset
KnowledgeBaseRichTextChange = Knowledge-base knowledge-bases.readonly inferred knowledge-base-asset id locationId - knowledge-base-asset
KnowledgeBaseTableFileChange = Knowledge-base knowledge-bases.readonly inferred knowledge-base-asset id locationId - knowledge-base-asset
KnowledgeBaseTrainedUrlChange = Knowledge-base knowledge-bases.readonly inferred knowledge-base-asset id locationId - knowledge-base-asset
KnowledgeBaseUpdate = Knowledge-base knowledge-bases.readonly inferred knowledge-base id locationId - knowledge-base
`;

/** Top-level fields that the documentation gives an event besides `type`; one set a line. */
export const fieldSetsTable = `
app: appId companyId locationId userId planId trial isWhitelabelCompany whitelabelDetails companyName
app-uninstall: appId companyId locationId
app-update: appId locationId companyId userId planId previousVersionId trial isWhitelabelCompany whitelabelDetails companyName
app-external-auth: appId locationId companyId authType scopes isAutoRefreshTokenEnabled timestamp webhookId
app-plan: appId locationId companyId userId currentPlanId newPlanId
contact: locationId id address1 city companyName country source dateAdded dateOfBirth dnd email name firstName lastName phone postalCode state tags website attachments assignedTo customFields
contact-dnd: locationId id address1 city companyName country source dateAdded dateOfBirth dnd dndSettings email name firstName lastName phone postalCode state tags website attachments assignedTo customFields
note: locationId id body contactId dateAdded
task: locationId id assignedTo body contactId title dateAdded dueDate
conversation: locationId id contactId unreadCount inbox starred deleted
conversation-update: locationId companyId newConversationId oldConversationId contactId
message: locationId attachments body contactId contentType conversationId dateAdded direction messageType status messageId userId conversationProviderId callDuration callStatus chatWidgetId from to messageTypeId messageTypeString
outbound-message: locationId attachments body contactId contentType conversationId dateAdded direction messageType status messageId userId source conversationProviderId callDuration callStatus chatWidgetId from to messageTypeId messageTypeString mentions
email: locationId companyId webhookPayload
campaign: locationId id contactId status templateId replied dateAdded
opportunity: locationId id assignedTo contactId monetaryValue name pipelineId pipelineStageId source status dateAdded
appointment: locationId appointment
invoice: _id status liveMode amountPaid altId altType name businessDetails invoiceNumber currency contactDetails issueDate dueDate discount invoiceItems total title amountDue createdAt updatedAt totalSummary
order: altId altType _id contactId contactSnapshot status fulfillmentStatus currency amount liveMode items amountSummary taxSummary source createdAt updatedAt locationId
product: _id description variants medias locationId name productType availableInStore userId createdAt updatedAt statementDescriptor image
price: _id membershipOffers variantOptionIds locationId product userId name priceType currency amount recurring createdAt updatedAt compareAtPrice trackInventory availableQuantity allowOutOfStockPurchases
changed-price: _id membershipOffers variantOptionIds locationId product userId name currency amount recurring createdAt updatedAt compareAtPrice trackInventory availableQuantity allowOutOfStockPurchases
location: id name email stripeProductId companyId
user: locationId companyId id firstName lastName email phone extension role permissions locations
changed-user: locationId companyId id firstName lastName email phone extension role permissions scopes locations
object-schema: labels description searchableProperties primaryDisplayProperty key locationId createdBy updatedBy timestamp objectType id updatedAt createdAt
record: locationId owners followers properties id timestamp
association: id associationType firstObjectKey firstObjectLabel secondObjectKey secondObjectLabel key locationId
changed-association: id associationType firstObjectKey firstObjectLabel firstObjectToSecondObjectCardinality secondObjectKey secondObjectLabel secondObjectToFirstObjectCardinality key locationId
relation: id firstObjectKey firstRecordId secondObjectKey secondRecordId associationId locationId
call: id locationId agentId contactId fromNumber createdAt duration summary transcript translation extractedData messageId trialCall executedCallActions
saas-plan: planId title description saasProducts addOns planLevel trialPeriod prices categoryId snapshotId productId isSaaSV2 createdAt updatedAt companyId appId versionId userLimit contactLimit
knowledge-base: locationId id name description deleted
knowledge-base-asset: locationId knowledgeBaseId id assetType status action deleted
`;
