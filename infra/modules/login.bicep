// The app registration that people and shops sign in to, with a role for each kind of work. It has no client secret:
// the app proves itself with the token of an identity.

extension microsoftGraphV1

param name string

@description('Host names that people may come back to after signing in.')
param hosts string[]

@description('Object id of the identity that stands in for the client secret.')
param doorkeeperId string

@description('Object ids of people, groups or service principals, by role.')
param members { marketer: string[], agent: string[], administrator: string[], shop: string[] }

var roles = [
  { value: 'marketer', kinds: ['User'], title: 'Marketers', does: 'Write, check, rehearse, publish and measure journeys.' }
  { value: 'agent', kinds: ['User', 'Application'], title: 'Service agents', does: 'Work complaint cases and tasks; a CRM may too.' }
  { value: 'administrator', kinds: ['User'], title: 'Administrators', does: 'Everything, and settings.' }
  { value: 'shop', kinds: ['Application'], title: 'Shops', does: 'Send customers, orders and other signals in.' }
]

var assignments = flatten(map(items(members), role => map(role.value, member => { role: role.key, member: member })))

var microsoftGraph = '00000003-0000-0000-c000-000000000000'

resource registration 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: name
  displayName: name
  signInAudience: 'AzureADMyOrg'
  api: { requestedAccessTokenVersion: 2 }
  web: {
    redirectUris: map(hosts, host => 'https://${host}/.auth/login/aad/callback')
    implicitGrantSettings: { enableIdTokenIssuance: true }
  }
  appRoles: map(roles, role => {
    id: guid(name, role.value)
    value: role.value
    displayName: role.title
    description: role.does
    allowedMemberTypes: role.kinds
    isEnabled: true
  })

  resource proof 'federatedIdentityCredentials@v1.0' = {
    name: '${name}/identity'
    description: 'Instead of a client secret.'
    issuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
    subject: doorkeeperId
    audiences: ['api://AzureADTokenExchange']
  }
}

// Assignment required: without a role there is no token at all.
resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: registration.appId
  appRoleAssignmentRequired: true
}

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: microsoftGraph
}

// Where assignment is required people cannot consent for themselves.
resource consent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = {
  clientId: principal.id
  resourceId: graph.id
  consentType: 'AllPrincipals'
  scope: 'openid profile email'
}

resource member 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for each in assignments: {
    appRoleId: guid(name, each.role)
    principalId: each.member
    resourceId: principal.id
  }
]

output clientId string = registration.appId
