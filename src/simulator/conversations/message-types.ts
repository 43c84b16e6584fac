/** What messages are, in the order of HighLevel's numbers for them: TYPE_CALL is 1. */
const NUMBERED = [
  'TYPE_CALL',
  'TYPE_SMS',
  'TYPE_EMAIL',
  'TYPE_SMS_REVIEW_REQUEST',
  'TYPE_WEBCHAT',
  'TYPE_SMS_NO_SHOW_REQUEST',
  'TYPE_CAMPAIGN_SMS',
  'TYPE_CAMPAIGN_CALL',
  'TYPE_CAMPAIGN_EMAIL',
  'TYPE_CAMPAIGN_VOICEMAIL',
  'TYPE_FACEBOOK',
  'TYPE_CAMPAIGN_FACEBOOK',
  'TYPE_CAMPAIGN_MANUAL_CALL',
  'TYPE_CAMPAIGN_MANUAL_SMS',
  'TYPE_GMB',
  'TYPE_CAMPAIGN_GMB',
  'TYPE_REVIEW',
  'TYPE_INSTAGRAM',
  'TYPE_WHATSAPP',
  'TYPE_CUSTOM_SMS',
  'TYPE_CUSTOM_EMAIL',
  'TYPE_CUSTOM_PROVIDER_SMS',
  'TYPE_CUSTOM_PROVIDER_EMAIL',
  'TYPE_IVR_CALL',
  'TYPE_ACTIVITY_CONTACT',
  'TYPE_ACTIVITY_INVOICE',
  'TYPE_ACTIVITY_PAYMENT',
  'TYPE_ACTIVITY_OPPORTUNITY',
  'TYPE_LIVE_CHAT',
];

/** What a call that sends or records a message may write as its `type`, and what it becomes. */
const BY_CHANNEL = {
  SMS: 'TYPE_SMS',
  Email: 'TYPE_EMAIL',
  WhatsApp: 'TYPE_WHATSAPP',
  GMB: 'TYPE_GMB',
  IG: 'TYPE_INSTAGRAM',
  FB: 'TYPE_FACEBOOK',
  Custom: 'TYPE_CUSTOM_SMS',
  WebChat: 'TYPE_WEBCHAT',
  Live_Chat: 'TYPE_LIVE_CHAT',
  RCS: 'TYPE_RCS',
  TIKTOK: 'TYPE_TIKTOK',
  Call: 'TYPE_CALL',
  IVR_Call: 'TYPE_IVR_CALL',
  Campaign_Call: 'TYPE_CAMPAIGN_CALL',
  Campaign_VoiceMail: 'TYPE_CAMPAIGN_VOICEMAIL',
} as const;

export type Channel = keyof typeof BY_CHANNEL;

export const CHANNELS = Object.keys(BY_CHANNEL) as [Channel, ...Channel[]];

export function messageTypeOf(channel: Channel): string {
  return BY_CHANNEL[channel];
}

/** The channel's name in webhooks: `SMS`, `Email`, `CALL`. */
export function channelOf(messageType: string): string {
  if (messageType === 'TYPE_CALL') return 'CALL';
  return CHANNELS.find((channel) => BY_CHANNEL[channel] === messageType) ?? messageType.replace('TYPE_', '');
}

/** HighLevel's number for a message type; 0 for one whose number nobody publishes. */
export function typeNumberOf(messageType: string): number {
  return NUMBERED.indexOf(messageType) + 1;
}
