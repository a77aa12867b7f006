using System.Buffers.Binary;
using System.Collections.Concurrent;

// Stands where a collector stands: keeps every OTLP export, byte for byte, and gives out all of a signal when asked, each with its length before it.
var exports = new ConcurrentDictionary<string, ConcurrentQueue<byte[]>>();
var app = WebApplication.CreateSlimBuilder(args).Build();

app.MapPost("/v1/{signal}", async (string signal, HttpContext context) =>
{
    using var body = new MemoryStream();
    await context.Request.Body.CopyToAsync(body, context.RequestAborted);
    exports.GetOrAdd(signal, _ => new ConcurrentQueue<byte[]>()).Enqueue(body.ToArray());
    context.Response.ContentType = "application/x-protobuf";
});

app.MapGet("/v1/{signal}", async (string signal, int since, HttpContext context) =>
{
    context.Response.ContentType = "application/octet-stream";
    var length = new byte[4];
    foreach (var export in exports.GetOrAdd(signal, _ => new ConcurrentQueue<byte[]>()).Skip(since))
    {
        BinaryPrimitives.WriteInt32BigEndian(length, export.Length);
        await context.Response.Body.WriteAsync(length, context.RequestAborted);
        await context.Response.Body.WriteAsync(export, context.RequestAborted);
    }
});

await app.RunAsync();
