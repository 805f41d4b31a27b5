// Everything that one shop needs on Azure, in one resource group. See docs/deployment.md.
// No key, password or connection string is made, read or stored here: every call carries a token of the app's identity.

targetScope = 'resourceGroup'

@description('Short name of the shop or product; a part of every resource name.')
@minLength(2)
@maxLength(8)
param name string = 'cvm'

@description('Which of the deployments this is.')
@allowed(['dev', 'prod'])
param stage string

@description('Region of all resources. Flex Consumption must be offered there: az functionapp list-flexconsumption-locations.')
param location string = resourceGroup().location

@description('More tags for every resource, such as a cost centre.')
param moreTags object = {}

// ---- size ---------------------------------------------------------------------------------------------------------

@description('Memory of one instance, in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('The most instances that may run at once. It bounds the bill and what storage has to bear.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Instances kept warm, by group: http, durable, or function:<name>. Each is billed around the clock.')
param alwaysReady { name: string, instanceCount: int }[] = []

@description('Replication of the account with the customers\' data.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param dataReplication string = 'Standard_LRS'

@description('Replication of the account with the app\'s packages and running orchestrations.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param hostReplication string = 'Standard_LRS'

@description('Let the scaler read the queue\'s length, so that a burst gets many instances at once. Needs the owner role on that one queue.')
param scaleByQueueLength bool = false

// ---- messages -----------------------------------------------------------------------------------------------------

@description('mailbox keeps messages on a page; real hands them to SendGrid and Twilio.')
@allowed(['mailbox', 'real'])
param senders string = 'mailbox'

@description('SendGrid checks e-mails and does not deliver them.')
param sendGridSandbox bool = true

@description('Sender of e-mails; SendGrid must have verified its domain.')
param sendGridFrom string = ''

@description('Verification key of the signed event webhook of SendGrid; a public key, not a secret. Empty for no reports.')
param sendGridWebhookKey string = ''

@description('Twilio account; not a secret.')
param twilioAccountSid string = ''

@description('Twilio messaging service that SMS are sent through.')
param twilioMessagingServiceSid string = ''

// ---- people and addresses -----------------------------------------------------------------------------------------

@description('Host name that people see, such as care.shop.example. Empty: the app\'s own.')
param customHost string = ''

@description('Paths that need no login, because the app itself checks a signature or shows nothing personal.')
param publicPaths string[] = ['/healthz', '/app.css', '/webhooks/*', '/links/*']

@description('Client id of an app registration that somebody else has made. Empty: this deployment makes one.')
param loginClientId string = ''

@description('Object ids of people or groups who write and publish journeys.')
param marketers string[] = []

@description('Object ids of people or groups who work complaint cases and tasks, and of service principals that do, such as a CRM.')
param agents string[] = []

@description('Object ids of people or groups who may do everything.')
param administrators string[] = []

@description('Object ids of service principals that send signals in, such as the shop\'s own back end.')
param shops string[] = []

@description('Object id of the group that sets secrets and looks at dead letters. Empty: nobody yet.')
param operators string = ''

// ---- watching -----------------------------------------------------------------------------------------------------

@description('Where alerts go. Empty: they show in the portal only.')
param alertEmail string = ''

@description('Alerts are evaluated; off where nothing runs for days.')
param alertsEnabled bool = true

@description('Failed requests in 15 minutes that are worth waking somebody.')
param failedRequestsBearable int = 20

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 30

@description('Most GB of logs a day; -1 means no limit.')
param logGigabytesPerDay int = 1

@description('Nobody deletes the account with the customers\' data by accident.')
param lockData bool = false

var suffix = take(uniqueString(subscription().id, resourceGroup().id, stage), 10)
var tags = union({ product: 'CvmFunctions', stage: stage }, moreTags)
var appName = '${name}-${stage}-${suffix}'
var ownHost = '${appName}.azurewebsites.net'
var host = empty(customHost) ? ownHost : customHost
var queueName = 'signals'
var packages = 'packages'
var mostTries = 10

// What the app does, it does as this one; it is made first so that its roles are there before it starts.
resource worker 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${appName}'
  location: location
  tags: tags
}

// Stands in for the login's client secret and may do nothing else: it has no role anywhere.
resource doorkeeper 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'id-${appName}-login'
  location: location
  tags: tags
}

module telemetry 'modules/telemetry.bicep' = {
  name: 'telemetry'
  params: {
    name: appName
    location: location
    tags: tags
    logDays: logDays
    logGigabytesPerDay: logGigabytesPerDay
    publisher: worker.properties.principalId
  }
}

// The host's own account: packages, leases, orchestrations. Blob owner and queue contributor are what the runtime asks for.
module hostStorage 'modules/storage.bicep' = {
  name: 'host-storage'
  params: {
    name: '${name}host${suffix}'
    location: location
    tags: tags
    replication: hostReplication
    containers: [packages]
    workerId: worker.properties.principalId
    workerRoles: ['blobOwner', 'queueContributor', 'tableContributor']
  }
}

// The customers' account: dossiers and scores in tables, nothing else. Apart from the host's, so that neither eats the
// other's 20,000 requests a second, and so that a role on one opens nothing in the other.
module dataStorage 'modules/storage.bicep' = {
  name: 'data-storage'
  params: {
    name: '${name}data${suffix}'
    location: location
    tags: tags
    replication: dataReplication
    workerId: worker.properties.principalId
    workerRoles: ['tableContributor']
    readerId: operators
    locked: lockData
  }
}

module bus 'modules/bus.bicep' = {
  name: 'bus'
  params: {
    name: 'sb-${appName}'
    location: location
    tags: tags
    queueName: queueName
    mostTries: mostTries
    workerId: worker.properties.principalId
    workerReadsLength: scaleByQueueLength
    operators: operators
    workspaceId: telemetry.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: 'kv-${name}-${suffix}'
    location: location
    tags: tags
    workerId: worker.properties.principalId
    operators: operators
    workspaceId: telemetry.outputs.workspaceId
  }
}

module login 'modules/login.bicep' = if (empty(loginClientId)) {
  name: 'login'
  params: {
    name: appName
    hosts: union([ownHost], [host])
    doorkeeperId: doorkeeper.properties.principalId
    members: {
      marketer: marketers
      agent: agents
      administrator: administrators
      shop: shops
    }
  }
}

var everywhere = {
  AzureWebJobsStorage__accountName: hostStorage.outputs.name
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: worker.properties.clientId
  Tables__Endpoint: dataStorage.outputs.tables
  ServiceBus__fullyQualifiedNamespace: bus.outputs.address
  ServiceBus__credential: 'managedidentity'
  ServiceBus__clientId: worker.properties.clientId
  Signals__Queue: queueName
  Signals__MostTries: string(mostTries)
  Site__Host: host
  Site__Address: 'https://${host}/'
  AZURE_CLIENT_ID: worker.properties.clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: telemetry.outputs.connectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${worker.properties.clientId};Authorization=AAD'
  OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: doorkeeper.properties.clientId
  Playbook__CodeKey: '@Microsoft.KeyVault(VaultName=${vault.outputs.name};SecretName=playbook-code-key)'
  Links__Key: '@Microsoft.KeyVault(VaultName=${vault.outputs.name};SecretName=links-key)'
  Senders: senders
}

var providers = {
  SendGrid__ApiKey: '@Microsoft.KeyVault(VaultName=${vault.outputs.name};SecretName=sendgrid-api-key)'
  SendGrid__SandboxMode: string(sendGridSandbox)
  SendGrid__From: sendGridFrom
  Twilio__AccountSid: twilioAccountSid
  Twilio__AuthToken: '@Microsoft.KeyVault(VaultName=${vault.outputs.name};SecretName=twilio-auth-token)'
  Twilio__MessagingServiceSid: twilioMessagingServiceSid
  Twilio__StatusCallback: 'https://${host}/webhooks/twilio/status'
  SendGrid__WebhookKey: sendGridWebhookKey
}

module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    name: appName
    location: location
    tags: tags
    workerIdentityId: worker.id
    doorkeeperIdentityId: doorkeeper.id
    packagesUrl: '${hostStorage.outputs.blobs}${packages}'
    instanceMemoryMB: instanceMemoryMB
    maximumInstances: maximumInstances
    alwaysReady: alwaysReady
    settings: senders == 'real' ? union(everywhere, providers) : everywhere
    loginClientId: empty(loginClientId) ? login!.outputs.clientId : loginClientId
    publicPaths: publicPaths
    workspaceId: telemetry.outputs.workspaceId
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    name: appName
    location: location
    tags: tags
    enabled: alertsEnabled
    email: alertEmail
    insightsId: telemetry.outputs.insightsId
    workspaceId: telemetry.outputs.workspaceId
    busId: bus.outputs.id
    queueName: queueName
    failedRequestsBearable: failedRequestsBearable
  }
}

output app string = app.outputs.name
output address string = 'https://${host}'
output vault string = vault.outputs.name
output dataAccount string = dataStorage.outputs.name
output busNamespace string = bus.outputs.name
output loginClientId string = empty(loginClientId) ? login!.outputs.clientId : loginClientId
