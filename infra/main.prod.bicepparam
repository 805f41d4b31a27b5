// The shop. Read "Going live" in docs/deployment.md before you change the senders.
using 'main.bicep'

param stage = 'prod'

param instanceMemoryMB = 2048
// Bounds the bill, and keeps storage under its 20,000 requests a second.
param maximumInstances = 100
// One warm instance answers the shop's posts at once. Leave it out if a few seconds after a pause do not matter.
param alwaysReady = [
  { name: 'http', instanceCount: 1 }
]
// More instances at once after a mailing or a sale; costs the owner role on the queue.
param scaleByQueueLength = false

// Three zones, and a copy in the paired region. Where that has no zones: Standard_GRS and Standard_LRS.
param dataReplication = 'Standard_GZRS'
param hostReplication = 'Standard_ZRS'
param lockData = true

// Going live: mailbox, then real with the sandbox on, then real with it off.
param senders = 'mailbox'
param sendGridSandbox = true
param sendGridFrom = ''
param sendGridWebhookKey = ''
param twilioAccountSid = ''
param twilioMessagingServiceSid = ''

// The name in customers' links, once its DNS record and certificate are in place.
param customHost = ''

// Object ids: az ad group show --group NAME --query id; for a shop: az ad sp show --id APPID --query id
param marketers = []
param agents = []
param administrators = []
param shops = []
param operators = ''

param alertEmail = ''
param alertsEnabled = true
param failedRequestsBearable = 20
param logDays = 90
// A limit stops logs, and alerts with them, until midnight. Set it well above a usual day.
param logGigabytesPerDay = 10
