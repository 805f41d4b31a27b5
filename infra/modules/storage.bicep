// A storage account that no key opens: tokens only.

param name string
param location string
param tags object
param replication string
param containers string[] = []

@description('Identity that the app works as.')
param workerId string

@description('What it may do here.')
param workerRoles ('blobOwner' | 'queueContributor' | 'tableContributor')[]

@description('Group that may read tables; empty: none.')
param readerId string = ''

param locked bool = false

@description('Days in which a deleted package can be had back.')
param undeleteDays int = 14

var roleIds = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  tableReader: '76199698-9eea-4c19-bc75-cec21354c6b6'
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: replication }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    networkAcls: { defaultAction: 'Allow', bypass: 'AzureServices' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: undeleteDays }
      containerDeleteRetentionPolicy: { enabled: true, days: undeleteDays }
    }

    resource container 'containers' = [
      for each in containers: {
        name: each
        properties: { publicAccess: 'None' }
      }
    ]
  }
}

resource work 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in workerRoles: {
    name: guid(account.id, workerId, role)
    scope: account
    properties: {
      principalId: workerId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[role])
    }
  }
]

resource look 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(readerId)) {
  name: guid(account.id, readerId, 'tableReader')
  scope: account
  properties: {
    principalId: readerId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.tableReader)
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  name: 'customers'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds every customer\'s story. Tables have no undelete.'
  }
}

output name string = account.name
output tables string = account.properties.primaryEndpoints.table
output blobs string = account.properties.primaryEndpoints.blob
