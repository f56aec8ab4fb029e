using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Workspaces;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace ExplainLsp.Server.Rpc;

/// <summary>The JSON-RPC connection: exceptions become the codes that LSP clients know, with one sentence for people.</summary>
internal sealed class Connection : JsonRpc
{
    private const int RequestFailed = -32803;
    private const int ContentModified = -32801;
    private const int RequestCancelled = -32800;

    private readonly ClientLog _log;

    public Connection(IJsonRpcMessageHandler handler, ClientLog log)
        : base(handler)
    {
        _log = log;
        CancelLocallyInvokedMethodsWhenConnectionIsClosed = true;
    }

    /// <inheritdoc/>
    protected override JsonRpcError.ErrorDetail CreateErrorDetails(JsonRpcRequest request, Exception exception)
    {
        var (code, message) = Describe(Unwrap(exception), request.Method ?? "");
        return new JsonRpcError.ErrorDetail { Code = (JsonRpcErrorCode)code, Message = message };
    }

    private (int Code, string Message) Describe(Exception exception, string method)
    {
        switch (exception)
        {
            case OperationCanceledException:
                return (RequestCancelled, $"{method} was cancelled.");
            case ContentModifiedException:
                return (ContentModified, $"The document changed while {method} was computed.");
            case Newtonsoft.Json.JsonException:
                _log.Information($"{method}: {exception.Message}");
                return ((int)JsonRpcErrorCode.InvalidParams, $"The parameters of {method} are malformed.");
            case LocalRpcException { ErrorCode: var code }:
                return (code, exception.Message);
            case ExplainerException or ModelException or ModelRunException or SampleException or ManifestException:
                _log.Information($"{method}: {exception.Message}");
                return (RequestFailed, exception.Message);
            default:
                _log.Error($"{method} failed.", exception);
                return ((int)JsonRpcErrorCode.InternalError, $"{method} failed unexpectedly; the server's log has the details.");
        }
    }

    private static Exception Unwrap(Exception exception) =>
        exception is System.Reflection.TargetInvocationException or AggregateException && exception.InnerException is { } inner
            ? Unwrap(inner)
            : exception;
}

/// <summary>What was asked about has changed since; the client asks again (−32801).</summary>
internal sealed class ContentModifiedException : Exception;
