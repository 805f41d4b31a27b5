// A place to try things: the smallest of everything, messages stay in the mailbox.
using 'main.bicep'

param stage = 'dev'

// Nothing is kept warm: the first request after a pause takes a few seconds.
param instanceMemoryMB = 2048
param maximumInstances = 40
param alwaysReady = []

// One copy of the data; it can be made again.
param dataReplication = 'Standard_LRS'
param hostReplication = 'Standard_LRS'

param senders = 'mailbox'

// Nobody is woken up by a playground.
param alertsEnabled = false
param logDays = 30
param logGigabytesPerDay = 1

// Object id of your own group: az ad group show --group NAME --query id
param operators = ''
param administrators = []
