using System.IO.Pipelines;
using Newtonsoft.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;
using StreamJsonRpc.Reflection;

namespace ExplainLsp.Server.Rpc;

/// <summary>
/// The wire with LSP's lifecycle: what arrives out of turn is answered here and never reaches a handler. Requests before
/// <c>initialize</c> get −32002, a second <c>initialize</c> and requests after <c>shutdown</c> −32600; notifications out of turn are
/// dropped; <c>exit</c> and the end of the stream end the connection.
/// </summary>
internal sealed class MessageGate(Stream output, Stream input, IJsonRpcMessageFormatter formatter)
    : HeaderDelimitedMessageHandler(
        // The streams are the caller's, who may have more to do with them than to serve.
        PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true)),
        PipeReader.Create(input, new StreamPipeReaderOptions(leaveOpen: true)),
        formatter)
{
    private const int ServerNotInitialized = -32002;

    private bool _initialized;

    /// <summary>Whether <c>shutdown</c> was asked for: then ending is in order.</summary>
    public bool ShutDown { get; private set; }

    /// <summary>Called once, when <c>shutdown</c> is asked for: work in progress is pointless from here.</summary>
    public event Action? ShuttingDown;

    /// <inheritdoc/>
    protected override async ValueTask<JsonRpcMessage?> ReadCoreAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            JsonRpcMessage? message;
            try
            {
                message = await base.ReadCoreAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (JsonException)
            {
                await RefuseAsync(RequestId.Null, JsonRpcErrorCode.ParseError, "The message is not JSON.").ConfigureAwait(false);
                continue;
            }

            switch (message)
            {
                case JsonRpcRequest { Method: "exit" }:
                    return null;
                case JsonRpcRequest { IsResponseExpected: false } notification when !_initialized || ShutDown:
                    Finished(notification);
                    continue;
                case JsonRpcRequest { IsResponseExpected: true } request:
                    if (OutOfTurn(request) is var (code, text))
                    {
                        Finished(request);
                        await RefuseAsync(request.RequestId, code, text).ConfigureAwait(false);
                        continue;
                    }

                    if (request.Method == "shutdown")
                    {
                        Finished(request);
                        ShutDown = true;
                        ShuttingDown?.Invoke();
                        await WriteAsync(new JsonRpcResult { RequestId = request.RequestId, Result = null }, CancellationToken.None).ConfigureAwait(false);
                        continue;
                    }

                    return request;
                default:
                    return message;
            }
        }
    }

    private (JsonRpcErrorCode Code, string Message)? OutOfTurn(JsonRpcRequest request)
    {
        if (ShutDown)
        {
            return (JsonRpcErrorCode.InvalidRequest, $"The server was shut down; {request.Method} is too late.");
        }

        if (request.Method != "initialize")
        {
            return _initialized ? null : ((JsonRpcErrorCode)ServerNotInitialized, $"{request.Method} came before initialize.");
        }

        if (_initialized)
        {
            return (JsonRpcErrorCode.InvalidRequest, "The server is already initialized.");
        }

        _initialized = true;
        return null;
    }

    /// <summary>The message's bytes may go: it reaches no handler.</summary>
    private void Finished(JsonRpcMessage message) => ((IJsonRpcMessageBufferManager)this).DeserializationComplete(message);

    private ValueTask RefuseAsync(RequestId id, JsonRpcErrorCode code, string message) =>
        WriteAsync(
            new JsonRpcError { RequestId = id, Error = new JsonRpcError.ErrorDetail { Code = code, Message = message } },
            CancellationToken.None);
}
