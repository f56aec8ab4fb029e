return await ExplainLsp.Server.CommandLine.ExplainLspCommand.RunAsync(args);
