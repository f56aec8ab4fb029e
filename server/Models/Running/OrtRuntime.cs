using Microsoft.ML.OnnxRuntime;

namespace ExplainLsp.Models.Running;

/// <summary>How this process uses ONNX Runtime: one quiet environment, sessions that compute on the caller's thread and never spin.</summary>
internal static class OrtRuntime
{
    private static readonly Lazy<OrtEnv> Environment = new(() =>
    {
        var options = new EnvironmentCreationOptions
        {
            logId = "explainlsp",
            // Failures come back as exceptions; what ONNX Runtime logs beside them would land in the middle of the protocol.
            logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        return OrtEnv.CreateInstanceWithOptions(ref options);
    });

    /// <summary>Opens a session on bytes; external data is looked for in <paramref name="folder"/>.</summary>
    public static InferenceSession Open(byte[] model, string folder)
    {
        using var options = Options(folder);
        return new InferenceSession(model, options);
    }

    /// <summary>Opens a session as the file says it, to ask about its tensors.</summary>
    public static InferenceSession OpenUnoptimised(byte[] model, string folder)
    {
        using var options = Options(folder);
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        options.AddSessionConfigEntry("session.disable_prepacking", "1");
        return new InferenceSession(model, options);
    }

    private static SessionOptions Options(string folder)
    {
        _ = Environment.Value;
        var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            // One thread inside a run: with more, ONNX Runtime adds the trees of an ensemble in an order that depends on the number of
            // rows and threads, and a row's scores differ in the last bits. We run blocks side by side instead.
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            // Plans are kept for each input shape that was seen; our blocks have many.
            EnableMemoryPattern = false,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.inter_op.allow_spinning", "0");
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder);
        return options;
    }
}
