// The queue of signals: one session per customer keeps their order; what cannot be taken lands on the dead-letter queue.

param name string
param location string
param tags object
param queueName string
param workspaceId string

@description('How often a signal is given out before it is a dead letter.')
param mostTries int

@description('Identity that sends and receives signals.')
param workerId string

@description('The worker may also read the queue\'s length, for the scaler. Azure grants that only with ownership of the queue.')
param workerReadsLength bool

@description('Group that peeks at dead letters and sends them again; empty: none.')
param operators string

var roleIds = {
  owner: '090c5cfd-751d-490a-894a-3ce6f1109419'
  receiver: '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0'
  sender: '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'
}
var workerRoles = workerReadsLength ? ['owner'] : ['receiver', 'sender']

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  // Sessions and duplicate detection begin at Standard.
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }
}

resource queue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = {
  parent: bus
  name: queueName
  properties: {
    requiresSession: true
    // A convenience against a caller who posts twice within minutes; what counts is the unique row in the dossier.
    requiresDuplicateDetection: true
    duplicateDetectionHistoryTimeWindow: 'PT10M'
    maxDeliveryCount: mostTries
    lockDuration: 'PT2M'
    defaultMessageTimeToLive: 'P14D'
    deadLetteringOnMessageExpiration: true
    maxSizeInMegabytes: 5120
  }
}

resource work 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in workerRoles: {
    name: guid(queue.id, workerId, role)
    scope: queue
    properties: {
      principalId: workerId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[role])
    }
  }
]

resource mend 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in ['receiver', 'sender']: if (!empty(operators)) {
    name: guid(queue.id, operators, role)
    scope: queue
    properties: {
      principalId: operators
      principalType: 'Group'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[role])
    }
  }
]

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: bus
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'OperationalLogs', enabled: true }]
  }
}

output id string = bus.id
output name string = bus.name
output address string = replace(replace(bus.properties.serviceBusEndpoint, 'https://', ''), ':443/', '')
