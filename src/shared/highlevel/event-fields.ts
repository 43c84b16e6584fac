/**
 * What the documentation says a webhook's body holds: names and types of fields, event by event. Facts from HighLevel
 * docs: Webhook Events, one page an event; the last two lines are what a conversation provider is sent (Provider
 * Outbound Message). Live bodies also carry what `envelopeFields` lists.
 */

/** Type of a documented field; `any` where the docs give several, or only a sample has the field. */
export type FieldType = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'any';

export type DocumentedField = {
  /** Dotted, with `[]` for the entries of an array: `customFields[].id`. */
  readonly path: string;
  readonly type: FieldType;
};

/** Fields that live bodies carry whatever the page of the event says (HighLevel docs: Webhook Logs Dashboard). */
export const envelopeFields: readonly DocumentedField[] = [
  'type',
  'locationId',
  'companyId',
  'appId',
  'versionId',
  'timestamp',
  'webhookId',
].map((path) => ({ path, type: 'string' }));

const typeOf: Readonly<Record<string, FieldType>> = {
  n: 'number',
  b: 'boolean',
  a: 'array',
  o: 'object',
  '?': 'any',
};

/**
 * The fields documented for an event, parents before their children, without `type`.
 *
 * @param type value of `type`: `ContactCreate`
 * @returns null for an event that is not documented
 */
export function documentedFields(type: string): readonly DocumentedField[] | null {
  const known = read.get(type);
  if (known !== undefined) return known;
  const line = table
    .trim()
    .split('\n')
    .find((one) => one.slice(0, one.indexOf(' = ')).split(',').includes(type));
  if (line === undefined) return null;
  const fields = fieldsOf(line.slice(line.indexOf(' = ') + 3));
  read.set(type, fields);
  return fields;
}

const read = new Map<string, readonly DocumentedField[]>();

function fieldsOf(text: string): readonly DocumentedField[] {
  const fields: DocumentedField[] = [];
  const parents: string[] = [];
  for (const [, name = '', code = '', bracket] of text.matchAll(/([^\s:{}]+)(?::([nbao?]))?(\{)?|\}/g)) {
    if (name === '') {
      parents.pop();
      continue;
    }
    const parent = parents.at(-1) ?? '';
    const path = parent === '' || name === '[]' ? `${parent}${name}` : `${parent}.${name}`;
    if (name !== '[]') fields.push({ path, type: typeOf[code] ?? 'string' });
    if (bracket !== undefined) parents.push(path);
  }
  return fields;
}

/** Events = fields. A name alone is a string; `:n` number, `:b` boolean, `:a` array, `:o` object, `:?` any; `{}` holds what is inside. */
const table = `
INSTALL = appId companyId locationId userId planId trial:o{onTrial:b trialDuration:n trialStartDate} isWhitelabelCompany:b whitelabelDetails:o{domain logoUrl} companyName
UNINSTALL = appId companyId locationId
UPDATE = appId locationId companyId userId planId previousVersionId trial:o{onTrial:b trialDuration:n trialStartDate} isWhitelabelCompany:b whitelabelDetails:o{domain logoUrl} companyName
EXTERNAL_AUTH_CONNECTED = appId locationId companyId authType scopes isAutoRefreshTokenEnabled:b timestamp webhookId
PLAN_CHANGE = appId locationId companyId userId currentPlanId newPlanId
ContactCreate,ContactDelete,ContactTagUpdate,ContactUpdate = locationId id address1 city companyName country source dateAdded dateOfBirth dnd:b email name firstName lastName phone postalCode state tags:a website attachments:a assignedTo customFields:a{[]{id value:?}}
ContactDndUpdate = locationId id address1 city companyName country source dateAdded dateOfBirth dnd:b dndSettings:o{SMS:o{status message code} Email:o{status message code} GMB:o{status message code} FB:o{status message code} WhatsApp:o{status message code} Call:o{status message code}} email name firstName lastName phone postalCode state tags:a website attachments:a assignedTo customFields:a{[]{id value:?}}
NoteCreate,NoteDelete,NoteUpdate = locationId id body contactId dateAdded
TaskComplete,TaskCreate,TaskDelete = locationId id assignedTo body contactId title dateAdded dueDate
ConversationUnreadUpdate = locationId id contactId unreadCount:n inbox:b starred:b deleted:b
ConversationUpdate = locationId companyId newConversationId oldConversationId contactId
InboundMessage = locationId attachments:a body contactId contentType conversationId dateAdded direction messageType status messageId userId conversationProviderId callDuration:n callStatus chatWidgetId from to messageTypeId:n messageTypeString
OutboundMessage = locationId attachments:a body contactId contentType conversationId dateAdded direction messageType status messageId userId source conversationProviderId callDuration:n callStatus chatWidgetId from to messageTypeId:n messageTypeString mentions:a
LCEmailStats = locationId companyId webhookPayload:o{event id timestamp:n flags:o{is-authenticated:b is-routed:b is-big:b is-system-test:b is-test-mode:b} message:o{attachments:a headers:o{message-id from to} size:n} log-level recipient recipient-domain tags:a recipient-provider campaigns:a delivery-status:o{attempt-no:n code:n message description session-seconds:n enhanced-code mx-host utf8:b i-first-delivery-attempt-seconds:n} envelope:o{sender targets transport sending-ip i-ip-pool-id i-ip-pool-name}}
CampaignStatusUpdate = locationId id contactId status templateId replied dateAdded
OpportunityAssignedToUpdate,OpportunityCreate,OpportunityDelete,OpportunityMonetaryValueUpdate,OpportunityStageUpdate,OpportunityStatusUpdate,OpportunityUpdate = locationId id assignedTo contactId monetaryValue:n name pipelineId pipelineStageId source status dateAdded
AppointmentCreate,AppointmentDelete,AppointmentUpdate = locationId appointment:o{id address title calendarId contactId groupId appointmentStatus assignedUserId users:a notes source startTime endTime dateAdded dateUpdated}
InvoiceCreate,InvoiceDelete,InvoicePaid,InvoicePartiallyPaid,InvoiceSent,InvoiceUpdate,InvoiceVoid = _id status liveMode:b amountPaid:n altId altType name businessDetails:o{name address phoneNo website logoUrl customValues:a} invoiceNumber currency contactDetails:o{id phoneNo email customFields:a name address:o{countryCode addressLine1 addressLine2 city state postalCode} additionalEmails:a{[]{email}} companyName} issueDate dueDate discount:o{type value:n} invoiceItems:a{[]{taxes:a _id productId priceId currency name qty:n amount:n}} total:n title amountDue:n createdAt updatedAt totalSummary:o{subTotal:n discount:n}
OrderCreate,OrderStatusUpdate = altId altType _id contactId contactSnapshot:o{locationId id address1 city companyName country source dateAdded dateOfBirth dnd:b email name firstName lastName phone postalCode state tags:a website attachments:a assignedTo} status fulfillmentStatus currency amount:n liveMode:b items:a{[]{name qty:n product:o{_id:? name:? availableInStore:? taxes:? variants:?{[]{id:? name:? options:?{[]{id:? name:?}}}}} price:o{_id:? name:? type:? currency:? amount:? variantOptionIds:?}}} amountSummary:o{discount:n shipping:n subtotal:n tax:n} taxSummary:a{[]{_id amount:n calculation name rate:n}} source:o{id name type subType meta:o{stepId:? pageId:? domain:? pageUrl:?}} createdAt updatedAt locationId:?
ProductCreate,ProductDelete,ProductUpdate = _id description variants:a{[]{id name options:a{[]{id name}}}} medias:a{[]{id title url type isFeatured:b}} locationId name productType availableInStore:b userId createdAt updatedAt statementDescriptor image
PriceCreate = _id membershipOffers:a{[]{label value _id}} variantOptionIds:a locationId product userId name priceType currency amount:n recurring:o{interval intervalCount:n} createdAt updatedAt compareAtPrice:n trackInventory:? availableQuantity:n allowOutOfStockPurchases:b
PriceDelete,PriceUpdate = _id membershipOffers:a{[]{label value _id}} variantOptionIds:a locationId product userId name currency amount:n recurring:o{interval intervalCount:n} createdAt updatedAt compareAtPrice:n trackInventory:? availableQuantity:n allowOutOfStockPurchases:b priceType:?
LocationCreate,LocationUpdate = id name email stripeProductId companyId
UserCreate = locationId companyId id firstName lastName email phone extension role permissions:o{adwordsReportingEnabled:b affiliateManagerEnabled:b agentReportingEnabled:b appointmentsEnabled:b assignedDataOnly:b attributionsReportingEnabled:b bloggingEnabled:b botService:b bulkRequestsEnabled:b campaignsEnabled:b campaignsReadOnly:b cancelSubscriptionEnabled:b communitiesEnabled:b contactsEnabled:b contentAiEnabled:b conversationsEnabled:b dashboardStatsEnabled:b facebookAdsReportingEnabled:b funnelsEnabled:b invoiceEnabled:b leadValueEnabled:b marketingEnabled:b membershipEnabled:b onlineListingsEnabled:b opportunitiesEnabled:b paymentsEnabled:b phoneCallEnabled:b recordPaymentEnabled:b refundsEnabled:b reviewsEnabled:b settingsEnabled:b socialPlanner:b tagsEnabled:b triggersEnabled:b websitesEnabled:b workflowsEnabled:b workflowsReadOnly:b} locations:a
UserDelete,UserUpdate = locationId companyId id firstName lastName email phone extension role permissions:o{adwordsReportingEnabled:b affiliateManagerEnabled:b agentReportingEnabled:b appointmentsEnabled:b assignedDataOnly:b attributionsReportingEnabled:b bloggingEnabled:b botService:b bulkRequestsEnabled:b campaignsEnabled:b campaignsReadOnly:b cancelSubscriptionEnabled:b communitiesEnabled:b contactsEnabled:b contentAiEnabled:b conversationsEnabled:b dashboardStatsEnabled:b facebookAdsReportingEnabled:b funnelsEnabled:b invoiceEnabled:b leadValueEnabled:b marketingEnabled:b membershipEnabled:b onlineListingsEnabled:b opportunitiesEnabled:b paymentsEnabled:b phoneCallEnabled:b recordPaymentEnabled:b refundsEnabled:b reviewsEnabled:b settingsEnabled:b socialPlanner:b tagsEnabled:b triggersEnabled:b websitesEnabled:b workflowsEnabled:b workflowsReadOnly:b} scopes:a locations:a
ObjectSchemaCreate,ObjectSchemaUpdate = labels:o{singular:? plural:?} description searchableProperties:a primaryDisplayProperty key locationId createdBy:o updatedBy:o timestamp objectType id:? updatedAt:? createdAt:?
RecordCreate,RecordDelete,RecordUpdate = locationId owners:a followers:a properties:a{[]{key valueString}} id timestamp
AssociationCreate = id associationType firstObjectKey firstObjectLabel secondObjectKey secondObjectLabel key locationId
AssociationDelete,AssociationUpdate = id associationType firstObjectKey firstObjectLabel firstObjectToSecondObjectCardinality secondObjectKey secondObjectLabel secondObjectToFirstObjectCardinality key locationId
RelationCreate,RelationDelete = id firstObjectKey firstRecordId secondObjectKey secondRecordId associationId locationId
VoiceAiCallEnd = id locationId agentId contactId fromNumber createdAt duration:n summary transcript translation:?{transcript:? language:?} extractedData:o{phoneNumber:?} messageId trialCall:b executedCallActions:a{[]{_id actionType actionName description actionParameters:?{triggerPrompt:? transferToType:? transferToValue:? triggerMessage:?} executedAt triggerReceivedAt}}
SaasPlanCreate = planId title description saasProducts:a addOns:a planLevel:n trialPeriod:n prices:a{[]{id billingInterval active:b amount:n currency symbol}} categoryId snapshotId productId isSaaSV2:b createdAt updatedAt companyId:? appId:? versionId:? userLimit:? contactLimit:?
KnowledgeBaseCreate,KnowledgeBaseDelete,KnowledgeBaseUpdate = locationId id name description deleted:b
KnowledgeBaseFaqChange,KnowledgeBaseFileChange,KnowledgeBaseRichTextChange,KnowledgeBaseTableFileChange,KnowledgeBaseTrainedUrlChange = locationId knowledgeBaseId id assetType status action deleted:b
SMS = contactId locationId messageId phone message attachments:a userId
Email = contactId locationId messageId emailMessageId emailTo:? emailFrom attachments:a html subject userId
`;
