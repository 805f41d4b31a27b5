global using System.Collections.Immutable;
global using Cvm.Engine;
