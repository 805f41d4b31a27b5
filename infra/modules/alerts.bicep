// Five alerts, each of which asks for something to be done. What to do is in docs/deployment.md.

param name string
param location string
param tags object
param enabled bool
param email string
param insightsId string
param workspaceId string
param busId string
param queueName string
param failedRequestsBearable int

@description('Gauge that every run of the watchdog reports, zero included: enrollments that are due and have not moved.')
param stuckMetric string = 'cvm.enrollments.stuck'

@description('Signals waiting for longer than a quarter of an hour that are worth a look.')
param backlogBearable int = 10000

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'cvm'
    enabled: enabled
    emailReceivers: empty(email) ? [] : [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

var busAlerts = [
  {
    name: 'dead-letters'
    says: 'Signals were put aside because they could not be taken ten times in a row.'
    metric: 'DeadletteredMessages'
    aggregation: 'Maximum'
    above: 0
    window: 'PT5M'
    severity: 1
  }
  {
    name: 'backlog'
    says: 'Signals come in faster than they are taken.'
    metric: 'ActiveMessages'
    aggregation: 'Minimum'
    above: backlogBearable
    window: 'PT15M'
    severity: 2
  }
]

resource queueAlert 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for each in busAlerts: {
    name: '${name}-${each.name}'
    location: 'global'
    tags: tags
    properties: {
      description: each.says
      enabled: enabled
      severity: each.severity
      scopes: [busId]
      evaluationFrequency: 'PT5M'
      windowSize: each.window
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            name: each.name
            criterionType: 'StaticThresholdCriterion'
            metricNamespace: 'Microsoft.ServiceBus/namespaces'
            metricName: each.metric
            dimensions: [{ name: 'EntityName', operator: 'Include', values: [queueName] }]
            timeAggregation: each.aggregation
            operator: 'GreaterThan'
            threshold: each.above
          }
        ]
      }
      actions: [{ actionGroupId: people.id }]
    }
  }
]

resource failures 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${name}-failed-requests'
  location: 'global'
  tags: tags
  properties: {
    description: 'Requests fail.'
    enabled: enabled
    severity: 2
    scopes: [insightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'failed'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'microsoft.insights/components'
          metricName: 'requests/failed'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: failedRequestsBearable
        }
      ]
    }
    actions: [{ actionGroupId: people.id }]
  }
}

var reports = 'AppMetrics | where Name == "${stuckMetric}"'

var watchdogAlerts = [
  {
    name: 'stuck'
    says: 'Enrollments are due and have not moved, although the watchdog started them again.'
    query: '${reports} | summarize Stuck = max(Max) by bin(TimeGenerated, 15m) | where Stuck > 0'
    operator: 'GreaterThanOrEqual'
    rows: 2
    severity: 1
  }
  {
    name: 'watchdog-silent'
    says: 'The watchdog has not reported for an hour: timers do not run, or telemetry does not arrive.'
    query: reports
    operator: 'LessThan'
    rows: 1
    severity: 1
  }
]

resource watchdog 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for each in watchdogAlerts: {
    name: '${name}-${each.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: '${name}-${each.name}'
      description: each.says
      enabled: enabled
      severity: each.severity
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT1H'
      autoMitigate: true
      // The table comes into being with the first telemetry.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: each.query
            timeAggregation: 'Count'
            operator: each.operator
            threshold: each.rows
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [people.id] }
    }
  }
]
